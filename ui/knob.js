// The strength of one chat: a knob, and the measured drift beside each strength.
// Knows no row of the ledger. `act` has `set(chat, scale)`, `measure()` and `typing()`.

function makeKnob(act) {
  const node = h('section.h-card.l-strength', {'aria-labelledby': 'l-strength-title', hidden: true});
  const lead = h('p.h-small.h-muted', {});
  const knob = h('input', {type: 'range', id: 'l-strength'});
  const value = h('b.l-value', {'aria-hidden': 'true'});
  const label = h('label', {for: 'l-strength'}, 'In this chat'), box = h('div.l-knob', {}, label, value, knob);
  const table = h('table.l-costs', {}), note = h('p.h-small.h-muted', {});
  const bar = makeBar('Measuring the strengths');
  const measure = button('', 'Measure', () => act.measure(), null, {'data-act': 'measure'});
  const unknown = h('div.h-row', {}, h('p.h-small.h-grow', {}), measure);
  node.append(h('h2', {id: 'l-strength-title'}, 'Strength'), lead, box, unknown, bar, table, note);
  let row = null, shown = null;

  const found = scale => row.costs.find(one => one.scale === scale);
  function says() {
    const scale = Number(knob.value), one = found(scale);
    value.textContent = String(scale);
    knob.setAttribute('aria-valuetext', one ? `${scale}, drift ${one.words}` : `${scale}, drift not measured`);
    for (const line of table.querySelectorAll('tbody tr')) {
      const here = Number(line.dataset.scale) === scale;
      line.classList.toggle('now', here);
      if (here) line.setAttribute('aria-current', 'true'); else line.removeAttribute('aria-current');
    }
  }
  knob.addEventListener('input', () => { says(); act.typing(); });
  knob.addEventListener('change', () => act.set(row.chat, Number(knob.value)));

  function costs() {
    const most = Math.max(...row.costs.map(one => one.drift)) || 1;
    return [h('caption.h-hide', {}, 'What each strength costs'),
      h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Strength'), h('th', {scope: 'col'}, 'Drift'))),
      h('tbody', {}, ...row.costs.map(one => h('tr', {'data-scale': String(one.scale)}, h('th', {scope: 'row'}, String(one.scale)),
        h('td', {}, one.drift > 0 && h('i', {'aria-hidden': 'true', style: `--share:${(one.drift / most).toFixed(3)}`}), h('span', {}, one.words)))))];
  }

  node.show = next => {
    node.hidden = !next;
    if (!next) { shown = null; return; }
    row = next;
    const sign = JSON.stringify({...next, work: null, busy: Boolean(next.work)});
    if (sign !== shown) {
      const held = document.activeElement === measure;
      shown = sign;
      lead.textContent = `How strongly version ${row.version} speaks. It was tested at 1, where every new chat begins; at 0 the untaught model answers.`;
      box.hidden = row.chat === null;
      label.textContent = row.title ? `In the chat “${row.title}”` : 'In this chat';
      const [least, most, step] = row.range;
      Object.assign(knob, {min: least, max: most, step: row.scale === null || Number.isInteger(row.scale / step) ? step : 'any'});
      if (row.scale !== null) knob.value = row.scale;
      unknown.hidden = Boolean(row.measured);
      unknown.firstChild.textContent = row.work ? 'Measuring what each strength costs.' : 'What each strength costs is not measured yet.';
      measure.hidden = !row.can;
      table.hidden = !row.measured;
      table.replaceChildren(...(row.measured ? costs() : []));
      note.textContent = row.measured;
      note.hidden = !row.measured;
      says();
      if (held && measure.hidden) knob.focus();
    }
    bar.hidden = !row.work;
    bar.show(row.work);
  };
  return node;
}

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

  // Two settings on their way could overtake each other: the next one waits until the last is shown.
  const PATIENCE = 5000;  // ms, after which a setting counts as refused and the stored one is shown
  let sent = null, next = null, moving = false, late = 0;
  function send() {
    sent = next;
    next = null;
    act.set(row.chat, sent);
    late = setTimeout(settle, PATIENCE);
  }
  function settle() {
    clearTimeout(late);
    sent = null;
    if (next !== null && next !== row.scale) return send();
    next = null;
    if (!moving && row.scale !== null) knob.value = row.scale;
    says();
  }
  knob.addEventListener('input', () => { moving = true; says(); act.typing(); });
  knob.addEventListener('change', () => {
    moving = false;
    next = Number(knob.value);
    if (sent === null) settle();
  });

  function costs() {
    const most = Math.max(...row.costs.map(one => one.drift)) || 1;
    return [h('caption.h-hide', {}, 'What each strength costs'),
      h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Strength'), h('th', {scope: 'col'}, 'Drift'))),
      h('tbody', {}, ...row.costs.map(one => h('tr', {'data-scale': String(one.scale)}, h('th', {scope: 'row'}, String(one.scale)),
        h('td', {}, one.drift > 0 && h('i', {'aria-hidden': 'true', style: `--share:${(one.drift / most).toFixed(3)}`}), h('span', {}, one.words)))))];
  }

  node.show = given => {
    node.hidden = !given;
    if (!given) { shown = null; return; }
    row = given;
    const sign = JSON.stringify({...row, work: null, busy: Boolean(row.work)});
    if (sign !== shown) {
      const held = document.activeElement === measure;
      shown = sign;
      lead.textContent = `How strongly version ${row.version} speaks. It was tested at 1, where every new chat begins; at 0 the untaught model answers.`;
      box.hidden = row.chat === null;
      label.textContent = row.title ? `In the chat “${row.title}”` : 'In this chat';
      const [least, most, step] = row.range;
      Object.assign(knob, {min: least, max: most, step: row.scale === null || Number.isInteger(row.scale / step) ? step : 'any'});
      unknown.hidden = Boolean(row.measured);
      unknown.firstChild.textContent = row.work ? 'Measuring what each strength costs.' : 'What each strength costs is not measured yet.';
      measure.hidden = !row.can;
      table.hidden = !row.measured;
      table.replaceChildren(...(row.measured ? costs() : []));
      note.textContent = row.measured;
      note.hidden = !row.measured;
      if (sent === null || sent === row.scale) settle();
      if (held && measure.hidden) knob.focus();
    }
    bar.hidden = !row.work;
    bar.show(row.work);
  };
  return node;
}

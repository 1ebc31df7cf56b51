// Before and after: the last report, each lesson as pairs of small bars with their counts in words.
// Knows no verb: `measure` asks for a new report.

function makeCompare(measure) {
  const node = h('section.l-compare', {'aria-labelledby': 'l-compare-title', hidden: true});
  const again = button('quiet', 'Measure now', measure, 'again', {'data-act': 'report'});
  const label = h('p.h-small', {}), bar = makeBar('Measuring before and after');
  const work = h('div.l-measuring', {hidden: true}, label, bar);
  const found = h('div.l-found', {});
  node.append(h('div.h-row.l-title', {}, h('h2', {id: 'l-compare-title'}, 'Before and after'), h('span.h-grow'), again), work, found);
  let shown = null;

  // The bar is the share, the thin line its interval; both are said in words beside them.
  function line(who, rate, look) {
    return h('div.l-rate.' + look, {}, h('span.l-who', {}, who),
      h('span.l-track', {'aria-hidden': 'true', style: `--share:${rate.share};--low:${rate.low};--high:${rate.high}`}, h('i'), h('b')),
      h('span.l-count-of', {}, rate.counts), h('span.h-muted.l-interval', {}, h('span.h-hide', {}, '95 % interval '), rate.interval));
  }
  function change(one, version) {
    return h('div.l-change', {role: 'group', 'aria-label': one.name}, h('p.h-small', {}, one.name),
      ...(one.few ? [h('p.h-small.h-muted', {}, one.few)]
        : [line('untaught', one.before, 'before'), line(`version ${version}`, one.after, 'after')]));
  }
  function told(row) {
    if (!row) return [h('p.h-muted', {}, 'Nothing is measured yet. heed answers prompts that no lesson was taught or tested on, '
      + 'once untaught and once as it is now, and counts.')];
    return [h('p.h-small.h-muted', {}, row.lead),
      ...row.alarms.map(text => h('p.l-alarm.h-card.warm', {role: 'note'}, text)),
      h('div.l-cards', {}, ...row.looks.map(one => h('article.h-card.l-look', {'aria-label': one.name},
        h('h3', {}, one.name), ...one.changes.map(each => change(each, row.version))))),
      h('details.l-fold', {}, h('summary', {}, icon('right'), 'What these figures hold under'),
        h('ul.l-holds', {}, ...row.conditions.map(text => h('li', {}, text))))];
  }

  node.show = row => {
    node.hidden = !row;
    if (!row) return;
    again.hidden = !row.can;
    work.hidden = !row.work;
    const sign = JSON.stringify(row.told);
    if (sign !== shown) {
      const open = found.querySelector('details')?.open;
      shown = sign;
      found.replaceChildren(...told(row.told));
      if (open && found.querySelector('details')) found.querySelector('details').open = true;
    }
    label.textContent = row.work?.label ?? '';
    bar.show(row.work);
  };
  return node;
}

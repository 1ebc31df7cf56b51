// The list of rows: adds, moves and removes nodes by id, keeps the end in view, and speaks.
// Knows no composer; what a row looks like is in rows.js.

function makeTranscript(log, act, voice) {
  const more = button('', 'To the end', () => toEnd(true), 'down');
  const jump = h('div.jump', {hidden: true}, more);
  let rows = [], waiting = false, stick = true, spoken = null, timer = 0;

  const scroller = log.parentElement;
  scroller.append(jump);
  scroller.addEventListener('scroll', () => {
    stick = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
    jump.hidden = stick;
  }, {passive: true});
  const resized = new ResizeObserver(() => { if (stick) toEnd(false); });
  resized.observe(log);
  resized.observe(scroller);
  document.addEventListener('selectionchange', function flush() {
    if (!log.isConnected) return document.removeEventListener('selectionchange', flush);
    if (waiting && getSelection().isCollapsed) paint(rows);
  });

  function toEnd(smooth) {
    if (!rows.length) return scroller.scrollTo({top: 0, behavior: 'instant'});
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    scroller.scrollTo({top: scroller.scrollHeight, behavior: smooth && !calm ? 'smooth' : 'instant'});
  }

  function paint(now) {
    rows = now;
    waiting = false;
    const old = new Map([...log.children].map(node => [node.dataset.id, node]));
    let place = log.firstChild;
    for (const row of now) {
      let node = old.get(row.id);
      if (node) old.delete(row.id);
      else node = makeRow(row.id, row.kind);
      if (drawRow(node, row, act)) waiting = true;
      if (node === place) place = node.nextSibling;
      else log.insertBefore(node, place);
    }
    for (const gone of old.values()) gone.remove();
    if (stick) toEnd(false);
    speak(now);
  }

  // Screen readers hear the start, a sign of life every 7 seconds, and the finished reply once.
  function speak(now) {
    const writing = now.find(row => row.state === 'writing');
    if (writing && spoken !== writing.id) {
      spoken = writing.id;
      clearInterval(timer);
      voice('heed is writing');
      timer = setInterval(() => voice('Still writing'), 7000);
    }
    if (!writing && spoken) {
      clearInterval(timer);
      const done = now.find(row => row.id === spoken);
      spoken = null;
      if (done) voice(done.state === 'done' ? `heed: ${done.text}` : 'Stopped. The text is kept.');
    }
  }

  // How many characters of a reply the person can have seen; code points, as the server counts.
  function seen(id) {
    const node = log.querySelector(`[data-id="${CSS.escape(id)}"] .body`);
    return node && node.kind === 'raw' ? [...node.firstChild.data].length : null;
  }

  return {
    paint,
    seen,
    follow() { stick = true; toEnd(false); },
    repaint() { paint(rows); },
    row: id => rows.find(row => row.id === id),
    last: kind => rows.findLast(row => row.kind === kind),
  };
}

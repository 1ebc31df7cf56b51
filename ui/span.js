// Words marked in a reply: a small button near them, then Change / Keep / Question / Concern + words.
// Knows no row but its id; the server finds the quote in its own text again.

function makeSpans(root, log, act) {
  const opener = button('primary', 'Comment', () => show(), 'say', {hidden: true, title: 'Comment on the marked words (C)'});
  opener.classList.add('opener');
  const quote = h('blockquote'), words = h('textarea.h-area', {'aria-label': 'Your words', rows: 2, maxlength: 2000});
  const kinds = h('div.kinds', {role: 'radiogroup', 'aria-label': 'Kind of comment'},
    ...Object.entries(MARKS).map(([value, label], i) => h('label.h-btn', {},
      h('input', {type: 'radio', name: 'mark', value, ...(i ? {} : {checked: true})}), label)));
  const pop = h('form.h-card.pop', {role: 'dialog', 'aria-label': 'Comment on the marked words', hidden: true},
    quote, kinds, words, h('div.h-row', {}, h('button.h-btn.warm', {type: 'submit'}, 'Send'), button('quiet', 'Cancel', () => hide())));
  root.append(opener, pop);
  let span = null, range = null, timer = 0;

  const PROMPTS = {
    change: 'How should it be?', keep: 'Why is it good? (may be left empty)',
    question: 'What do you want to know?', concern: 'What worries you?',
  };
  const picked = () => pop.elements.mark.value;
  const ask = () => { words.placeholder = PROMPTS[picked()]; };
  kinds.addEventListener('change', ask);

  // The marked words, the reply they lie in, and how often the same words stand before them.
  function read(chosen) {
    const start = chosen.startContainer, home = start.nodeType === 1 ? start : start.parentElement;
    const body = home?.closest('article.draft .body');
    if (chosen.collapsed || !body || !log.contains(body) || !body.contains(chosen.endContainer)) return null;
    const text = chosen.toString().trim();
    if (!text || text.length > 1500) return null;
    const before = document.createRange();
    before.selectNodeContents(body);
    before.setEnd(start, chosen.startOffset);
    const past = before.toString();
    let nth = 0;
    for (let i = past.indexOf(text); i >= 0; i = past.indexOf(text, i + 1)) nth++;
    return {turn: body.closest('article').dataset.id, quote: text, nth};
  }

  function onSelection() {
    if (!log.isConnected) return document.removeEventListener('selectionchange', onSelection);
    if (pop.contains(document.activeElement) || !pop.hidden) return;
    clearTimeout(timer);
    timer = setTimeout(() => {  // mouse, keys and touch all end up here
      const chosen = getSelection(), one = chosen && chosen.rangeCount ? chosen.getRangeAt(0) : null;
      const found = one && read(one);
      opener.hidden = !found;
      if (!found) return;
      span = found;
      range = one.cloneRange();
      put(opener, one.getBoundingClientRect());
    }, 150);
  }
  document.addEventListener('selectionchange', onSelection);
  opener.addEventListener('mousedown', event => event.preventDefault());  // keep the selection

  function put(node, near) {
    const box = node.getBoundingClientRect();
    const left = Math.max(8, Math.min(near.left, innerWidth - box.width - 8));
    const below = near.bottom + 6 + box.height < innerHeight;
    node.style.left = `${left}px`;
    node.style.top = `${Math.max(8, below ? near.bottom + 6 : near.top - box.height - 6)}px`;
  }

  function show() {
    if (!span) return;
    quote.textContent = span.quote;
    const near = range.getBoundingClientRect();
    opener.hidden = true;
    pop.reset();
    ask();
    pop.hidden = false;
    put(pop, near);
    if (CSS.highlights) CSS.highlights.set('heed-span', new Highlight(range));
    words.focus();
  }
  function hide() {
    pop.hidden = true;
    span = range = null;
    if (CSS.highlights) CSS.highlights.delete('heed-span');
    getSelection()?.removeAllRanges();
    log.focus({preventScroll: true});
  }

  pop.addEventListener('keydown', event => {
    if (event.key === 'Escape') { event.stopPropagation(); hide(); }
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.target === words) {
      event.preventDefault();
      pop.requestSubmit();
    }
  });
  pop.addEventListener('submit', event => {
    event.preventDefault();
    const text = words.value.trim(), mark = picked();
    if (!span || (!text && mark !== 'keep')) return words.focus();
    act.say('critique', {...span, mark, text: text || 'keep this', seen: act.seen(span.turn)});
    hide();
  });
  return {open: () => Boolean(span) && !opener.hidden, show};
}

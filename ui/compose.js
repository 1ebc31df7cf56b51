// The composer: one text, two verbs. Send is a new request; the other says what is wrong with a reply.
// Knows no transcript. Nothing that comes from the server ever writes into the text.

function makeComposer(form, act) {
  const area = h('textarea', {rows: 1, 'aria-label': 'Your words', id: 'words'});
  const aboutText = h('span.h-grow');
  const about = h('div.about', {hidden: true}, icon('say'), aboutText,
    button('quiet icon', 'Not about this reply', () => { plain(); area.focus(); }, 'close'));
  const learn = h('button.h-btn.quiet.learn', {type: 'button', 'aria-label': 'Don\u2019t learn from this', onclick: () => {
    learn.setAttribute('aria-pressed', String(learn.getAttribute('aria-pressed') !== 'true'));
    area.focus();
  }, 'aria-pressed': 'false', title: 'Keep the next request, and all that follows from it, out of what is learned'},
    icon('lock'), h('span', {}, 'Don\u2019t learn from this'));
  const stop = button('', 'Stop', () => halt(), 'stop', {hidden: true});
  const wrong = button('tell', 'Tell it what is wrong', () => submit('critique'), 'say', {hidden: true});
  const send = h('button.h-btn.send', {type: 'submit'}, icon('up'), h('span', {}, 'Send'));
  const hint = h('p.hint.h-muted');
  form.append(about, area, h('div.tools', {}, learn, h('span.h-grow'), stop, wrong, send), hint);

  let now = {target: null, writing: null, busy: false, temporary: false};
  let target = null;     // the reply that the words are about; null: a new request
  let key = 'heed.draft.new', previous = '';

  const keep = () => area.value ? sessionStorage.setItem(key, area.value) : sessionStorage.removeItem(key);

  function plain() { target = null; draw(); }
  function criticise(turn) {
    target = turn;
    draw();
    area.focus();
  }

  function draw() {
    const critical = target !== null, steering = critical && target === now.writing;
    form.classList.toggle('critical', critical);
    about.hidden = !critical;
    aboutText.textContent = steering ? 'Steering: sending this stops the reply and starts a better one'
      : `About the reply: \u201c${act.gist(target)}\u201d`;
    area.placeholder = steering ? 'What should be different?' : critical ? 'What was wrong with it? Say it in your own words'
      : now.writing ? 'Type here to steer what it writes' : now.target ? 'Ask something new, or say what is wrong with the reply' : 'Ask for anything';
    stop.hidden = !now.busy;
    wrong.hidden = !now.target && !critical;
    wrong.lastChild.data = now.writing ? 'Steer it' : 'Tell it what is wrong';
    wrong.classList.toggle('warm', critical);
    send.classList.toggle('primary', !critical);
    send.disabled = now.busy;
    learn.hidden = critical || now.temporary;
    const enter = critical ? (steering ? 'Enter steers' : 'Enter tells it what is wrong') : 'Enter sends a new request';
    const other = critical ? 'Ctrl+Enter sends it as a new request' : now.target ? 'Ctrl+Enter tells it what is wrong' : 'Shift+Enter breaks the line';
    hint.textContent = now.writing ? `${enter} \u00b7 Esc stops` : `${enter} \u00b7 ${other}`;
  }

  function submit(verb) {
    const text = area.value.trim();
    const to = target ?? now.writing ?? now.target;
    if (verb === 'critique' && !to) return;
    if (!text) {
      if (verb === 'critique') criticise(to);
      return area.focus();
    }
    if (verb === 'request' && now.busy) return act.toast('heed is still at work. Stop it first, or tell it what is wrong.');
    area.value = '';        // here and now; an answer of the server never empties it
    previous = text;
    keep();
    grow();
    if (verb === 'critique') act.say('critique', {turn: to, text, seen: act.seen(to)});
    else {
      act.say('ask', {text, learn: learn.getAttribute('aria-pressed') !== 'true'});
      if (learn.getAttribute('aria-pressed') === 'true') learn.click();
    }
    act.follow();
    plain();
    area.focus();
  }

  function halt() {
    const writing = now.writing;
    act.send('halt', {seen: writing ? act.seen(writing) : null});
    if (writing) criticise(writing);
    else area.focus();
  }

  // field-sizing does this where it exists; elsewhere the height follows the text.
  function grow() {
    if (CSS.supports('field-sizing', 'content')) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, 240)}px`;
  }

  // While somebody types anything on this page, learning stands still. What is typed is not told.
  const PACE = 1000;     // ms between two tellings; each holds learning for longer than that
  let told = 0;
  form.closest('.chat-page').addEventListener('input', () => {
    if (Date.now() - told < PACE) return;
    told = Date.now();
    act.send('typing');
  });

  form.addEventListener('submit', event => {
    event.preventDefault();
    submit('request');
  });
  area.addEventListener('input', () => {
    keep();
    grow();
    // What is typed while a reply is written is about that reply, also when it ends before Enter.
    if (now.writing && area.value && target !== now.writing) { target = now.writing; draw(); }
    if (!area.value && target !== null && target === now.writing) plain();
  });
  area.addEventListener('keydown', event => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      const critical = target !== null, turned = event.ctrlKey || event.metaKey;
      submit(critical !== turned ? 'critique' : 'request');
    } else if (event.key === 'Escape') {
      if (now.busy) { event.preventDefault(); halt(); } else if (target !== null) plain();
    } else if (event.key === 'ArrowUp' && !area.value && previous) {
      event.preventDefault();
      restore(previous);
    }
  });

  function restore(text) {
    area.value = area.value ? `${text}\n${area.value}` : text;
    keep();
    grow();
    area.focus();
  }

  // The draft belongs to its chat. A new chat that just got its id takes the draft along.
  function chat(id, opened) {
    const next = `heed.draft.${id || 'new'}`;
    if (next === key) return;
    if (opened) {
      keep();
      key = next;
      area.value = sessionStorage.getItem(key) || '';
      target = null;
    } else {
      sessionStorage.removeItem(key);
      key = next;
      keep();
    }
    grow();
    draw();
  }

  return {
    area, criticise, halt, restore, chat,
    start(id) { key = `heed.draft.${id || 'new'}`; area.value = sessionStorage.getItem(key) || ''; grow(); draw(); },
    show(next) {
      now = next;
      if (target !== null && !act.has(target)) target = null;
      draw();
    },
  };
}

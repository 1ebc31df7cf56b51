// The chat page put together: its frame, what goes to the server, what comes back, and its keys.
// Knows no verb's meaning. `element`, `props`, `trigger` and `watch` are given by the page's component.

const root = element.querySelector('.chat-page');
const side = h('aside.side', {id: 'side', 'aria-label': 'Chats'}), scrim = h('div.scrim', {hidden: true});
const log = h('div.log', {role: 'log', 'aria-live': 'off', 'aria-label': 'Conversation', tabindex: '0'});
const title = h('h1.title'), lock = h('span.h-chip.lock', {hidden: true}, icon('lock'), 'Temporary: nothing is kept');
const strength = h('a.h-chip.strength', {href: '/lessons', hidden: true, onclick: event => { event.currentTarget.search = location.search; }});
const empty = h('div.empty', {hidden: true}), teach = h('div.teach', {hidden: true}), work = h('div.work', {hidden: true});
const form = h('form.composer', {autocomplete: 'off'}), toasts = h('div.h-toasts'), status = h('p.h-hide', {role: 'status'});
const menu = button('quiet icon', 'Open the list of chats', () => sidebar.show(true), 'menu');
menu.classList.add('narrow');
root.append(side, scrim, h('main.main', {},
  h('header.bar', {}, menu, title, lock, strength, h('span.h-grow')),
  h('div.scroller', {}, empty, log),
  h('div.foot', {}, teach, work, form)), toasts, status);

const voice = makeVoice(status), toast = makeToasts(toasts), stand = makeStanding(toasts, () => trigger('dismiss', {}));
let view = null, shownNews = null, shownRefusal = null, later = sessionStorage.getItem('heed.later') || '';
const sent = [];  // words on their way: kept until the server has heard them
const newest = () => view?.target ?? null;

// What these bring appears at the end, so the end comes into view.
const AT_THE_END = ['accept', 'approve', 'teach', 'take_back', 'again', 'go_on'];
const send = (verb, data = {}) => {
  if (AT_THE_END.includes(verb)) transcript.follow();
  trigger(verb, data);
};

// Words of the person. If they do not arrive, or are refused, they can be put back.
function say(verb, data) {
  const entry = {mark: crypto.randomUUID?.() ?? String(Math.random()), text: data.text || data.edit || '', late: 0};
  entry.late = setTimeout(() => {
    if (sent.includes(entry)) toast('heed has not answered yet. Your words are kept here.', [['Put them back', () => back(entry)]], 0);
  }, 10000);
  sent.push(entry);
  send(verb, {...data, mark_of_words: entry.mark});
}
function back(entry) {
  arrived(entry);
  composer.restore(entry.text);
}
function arrived(entry) {
  clearTimeout(entry.late);
  sent.splice(sent.indexOf(entry), 1);
}

const act = {
  send, say, toast,
  criticise: turn => composer.criticise(turn),
  repaint: () => transcript.repaint(),
  follow: () => transcript.follow(),
  seen: id => transcript.seen(id),
  has: id => Boolean(transcript.row(id)),
  gist: id => {
    const text = (transcript.row(id)?.text ?? '').replace(/\s+/g, ' ').trim();
    return text.length > 60 ? `${text.slice(0, 60)}\u2026` : text;
  },
  open: id => go(id, 'normal'),
  fresh: mode => go(null, mode),
  focus: () => composer.area.focus(),
  help: () => help.showModal(),
};
const transcript = makeTranscript(log, act, voice);
const composer = makeComposer(form, act);
const spans = makeSpans(root, log, act);
const sidebar = makeSidebar(side, scrim, act);
const help = helpSheet();
root.append(help);

// The address names the chat: a reload, a bookmark and the Back button all find it.
const inAddress = () => new URL(location.href).searchParams.get('chat');
let wanted = inAddress();
function address(id, how) {
  const url = new URL(location.href);
  if (id) url.searchParams.set('chat', id);
  else url.searchParams.delete('chat');
  history[how]({}, '', url);
}
function go(id, mode, how = 'pushState') {
  wanted = id;
  if (how) address(id, how);
  composer.chat(id, true);
  if (id) send('open_chat', {chat: id});
  else send('fresh', {mode});
  composer.area.focus();
}
function onBack() {
  if (!root.isConnected) return removeEventListener('popstate', onBack);
  go(inAddress(), 'normal', null);
}
addEventListener('popstate', onBack);

const EXAMPLES = [
  ['Explain something', 'Explain in plain words why the sky is blue.'],
  ['Write for me', 'Write a short message to my landlord: the heating has been cold since Monday.'],
  ['Think with me', 'Give me three ideas for a quiet weekend at home.'],
];
function drawEmpty() {
  const temporary = view.mode === 'temporary';
  redraw(empty, [temporary], () => [
    h('h2', {}, temporary ? 'A chat that leaves no trace' : 'Teach it in your own words'),
    h('p.lead', {}, temporary
      ? 'Nothing of it is stored or learned. It is gone when heed ends.'
      : 'Ask for something. When the reply is not what you want, just say what is wrong: heed repairs it, and can learn it for good.'),
    !temporary && h('ol.steps', {}, ...[
      ['Ask', 'anything you need'], ['Say what is wrong', '\u201ctoo long\u201d, \u201cno jokes\u201d \u2013 also while it writes'], ['Teach', 'accept, say yes, and it becomes part of the model'],
    ].map(([what, how]) => h('li', {}, h('b', {}, what), h('span', {}, how)))),
    h('p.h-small.h-muted', {}, 'Try one of these:'),
    h('div.examples', {}, ...EXAMPLES.map(([name, text]) =>
      h('button.example', {type: 'button', onclick: () => { say('ask', {text, learn: true}); composer.area.focus(); }},
        h('b', {}, name), h('span', {}, text)))),
  ]);
}

function minutes(seconds) {
  if (seconds === null || seconds === undefined) return '';
  if (seconds < 90) return `about ${Math.max(1, Math.round(seconds))} s left`;
  return `about ${Math.round(seconds / 60)} min left`;
}
function drawWork() {
  const w = view.work, waits = view.queue.length - 1;
  work.hidden = !w || Boolean(view.writing && !w.total);   // words that appear are progress enough
  if (work.hidden) return;
  const sure = w.total > 0, learning = view.learning;
  redraw(work, [w.label, sure, learning, waits > 0], () => [
    h('p', {}, h('span.h-grow', {}, w.label), h('span.left.h-muted', {}),
      learning && button('quiet', 'Stop learning', () => send('halt_learning'), 'stop', {'data-key': 'halt_learning'})),
    h('div.h-bar' + (sure ? '' : '.unsure'), {role: 'progressbar', 'aria-label': w.label,
      'aria-valuemin': '0', 'aria-valuemax': sure ? String(w.total) : null}, h('i'))]);
  const bar = work.querySelector('.h-bar');
  if (sure) {
    bar.setAttribute('aria-valuenow', String(w.done));
    bar.style.setProperty('--done', `${100 * w.done / w.total}%`);
  }
  work.querySelector('.left').textContent = [minutes(w.left), waits > 0 ? `${waits} more waiting` : ''].filter(Boolean).join(' \u00b7 ');
}
function drawTeach() {
  const t = view.teach, name = t ? t.ids.join() : '';
  teach.hidden = !t || later === name || view.learning || view.busy;
  if (!t) return;
  redraw(teach, t, () => [icon('learn'),
    h('p.h-grow', {}, h('b', {}, t.count === 1 ? '1 new lesson' : `${t.count} new lessons`), `, about ${t.minutes} ${t.minutes === 1 ? 'minute' : 'minutes'}`,
      h('span.h-muted.effects', {}, t.effects.join('; '))),
    button('primary', 'Teach it', () => send('teach'), null, {'data-key': 'teach'}),
    button('quiet icon', 'Not now', () => { later = name; sessionStorage.setItem('heed.later', name); drawTeach(); }, 'close', {'data-key': 'later'})]);
}

function notices() {
  for (const entry of sent.filter(one => one.mark === view.heard)) for (const old of sent.slice(0, sent.indexOf(entry) + 1)) arrived(old);
  if (shownRefusal !== null && view.refusal.number > shownRefusal) {
    const entry = sent.at(-1);
    if (entry) arrived(entry);
    toast(view.refusal.text, entry?.text ? [['Put my words back', () => composer.restore(entry.text)]] : [], 0);
  }
  shownRefusal = view.refusal.number;
  stand(view.standing);
  const told = [view.standing, transcript.last('notice')?.text].includes(view.news.text);  // it is to be read already
  if (shownNews !== null && view.news.number > shownNews && !told) toast(view.news.text, [], 9000);
  shownNews = view.news.number;
}

function paint() {
  const next = props.value;
  if (!next || !next.rows) return;
  const same = view && view.epoch === next.epoch && view.chat === next.chat;
  if (same && next.version < view.version) return;   // two views may overlap: the newer picture stays
  const asked = view ? transcript.last('question')?.id : null;
  if (view && view.epoch !== next.epoch) shownNews = shownRefusal = null;
  view = next;
  if (next.lost) {
    toast('This chat is not here any more.');
    go(null, 'normal', 'replaceState');
  } else if (next.chat !== wanted && (wanted === null || next.chat === null)) {
    if (wanted === null) composer.chat(next.chat, false);   // the new chat has its id now
    wanted = next.chat;
    address(next.chat, 'replaceState');
  }
  root.dataset.ready = 'true';
  root.dataset.busy = String(next.busy);
  title.textContent = next.title || (next.mode === 'temporary' ? 'Temporary chat' : 'New chat');
  document.title = next.title ? `${next.title} \u2013 heed` : 'heed';
  lock.hidden = next.mode !== 'temporary';
  strength.hidden = !next.strength;
  strength.textContent = next.strength || 'Strength';
  empty.hidden = next.rows.length > 0 || next.busy;
  if (!empty.hidden) drawEmpty();
  transcript.paint(next.rows);
  composer.show({target: next.target, writing: next.writing, busy: next.busy, temporary: next.mode === 'temporary'});
  sidebar.paint(next);
  drawWork();
  drawTeach();
  notices();
  const open = transcript.last('question');
  if (open?.open && open.id !== asked) {              // a card never takes the focus from words half typed
    voice(`heed asks: ${open.text}`);
    if (!composer.area.value) card(open.id)?.focus({preventScroll: true});
  }
}
const card = id => log.querySelector(`[data-question="${CSS.escape(id)}"]`);

function onKey(event) {
  if (!root.isConnected) return document.removeEventListener('keydown', onKey);
  const held = event.ctrlKey || event.metaKey, key = event.key.toLowerCase();
  const does = action => { event.preventDefault(); action(); };
  if (held && event.shiftKey && key === 'o') return does(() => act.fresh('normal'));
  if (held && event.shiftKey && (key === "'" || key === '"')) return does(() => act.fresh('temporary'));
  if (held && !event.shiftKey && key === 'k') return does(() => { sidebar.show(innerWidth < 900); sidebar.search.focus(); });
  if (held && key === '/') return does(act.help);
  if (event.shiftKey && key === 'escape') return does(act.focus);
  if (key === 'f6') return does(() => (document.activeElement === composer.area ? log : composer.area).focus());
  if (help.open || isTyping(event.target) || !bare(event)) return;
  const question = transcript.last('question'), last = newest(), row = last && transcript.row(last);
  if (question?.open && /^[1-9]$/.test(key)) {
    const option = question.options[Number(key) - 1];
    if (option) does(() => send('answer', {turn: question.id, how: 'option', text: option}));
  } else if (question?.open && key.length === 1 && key !== ' ' && document.activeElement === card(question.id)) {
    card(question.id).querySelector('input').focus();  // any other letter begins an answer in words
  } else if (key === 'escape' && view.busy) does(() => composer.halt());
  else if (key === 'c') does(() => spans.open() ? spans.show() : last && composer.criticise(last));
  else if (key === 'b' && last) does(() => composer.criticise(last));
  else if (key === 'g' && row?.state === 'done' && !row.accepted) does(() => send('accept', {turn: last}));
  else if (key === '[' && row?.pager?.before) does(() => send('bring', {turn: row.pager.before}));
  else if (key === ']' && row?.pager?.after) does(() => send('bring', {turn: row.pager.after}));
}
document.addEventListener('keydown', onKey);

function helpSheet() {
  const keys = [
    ['Enter', 'send, or tell it what is wrong when the composer says so'], ['Ctrl+Enter', 'the other of the two'],
    ['Shift+Enter', 'a new line'], ['Esc', 'stop; the text stays'], ['1 \u2013 9', 'answer a question'],
    ['C', 'comment on marked words, or on the last reply'], ['G / B', 'good as it is / what is wrong'], ['[ ]', 'earlier or later version of the reply'],
    ['Ctrl+K', 'search chats'], ['Ctrl+Shift+O', 'new chat'], ["Ctrl+Shift+'", 'temporary chat'], ['Shift+Esc', 'to the composer'], ['F6', 'between conversation and composer'],
  ];
  const sheet = h('dialog.help', {'aria-label': 'Keys'}, h('h2', {}, 'Keys'),
    h('dl', {}, ...keys.flatMap(([key, what]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, what)])),
    h('p.h-small.h-muted', {}, 'Letters and digits work outside text fields only.'),
    button('primary', 'Close', () => sheet.close()));
  return sheet;
}

composer.start(wanted);
watchAlive({
  shown: () => view,
  toast,
  connected: () => root.isConnected,
  before: () => { for (const entry of [...sent]) back(entry); },  // words that never arrived go back
});
paint();
watch('value', paint);
composer.area.focus({preventScroll: true});

// The ledger page: lessons, the Teach card, the timeline of versions. Draws what the server says;
// keeps to itself only which card is being edited or about to be forgotten.
const root = element.querySelector('#heed-lessons');
const open = new Map();       // lesson id -> 'amend' | 'forget'
const drawn = new WeakMap();  // node -> what it was drawn from
let epoch = null, seen = -1, news = null, last = null, wasTeaching = false;

const status = h('p.h-hide', {role: 'status'});
const say = makeVoice(status);
const toasts = h('div.h-toasts');
const toast = makeToasts(toasts), stand = makeStanding(toasts, () => trigger('dismiss', {}));
const list = h('div.l-groups');
const home = '/' + location.search;   // the chat that this page was opened from
const saved = h('p.h-small.h-muted.l-saved', {hidden: true});
const teach = h('section.h-card.l-teach', {'aria-labelledby': 'l-teach-title'});
const timeline = h('ol.l-time');
const curve = makeCurve(), bar = makeBar('Teaching');
const compare = makeCompare(() => trigger('report', {}));
const knob = makeKnob({
  set: (chat, scale) => trigger('strength', {chat, scale}),
  measure: () => trigger('measure', {}),
  typing,
});
const revert = button('quiet', 'Undo', () => trigger('revert', {}), 'undo');
root.append(
  h('header.h-top', {},
    h('a.h-mark', {href: home, 'aria-label': 'heed: back to the chat'}, 'heed'),
    h('nav.l-nav', {'aria-label': 'Pages'},
      h('a.h-btn.quiet', {href: home}, icon('say'), 'Chat'),
      h('a.h-btn.quiet', {href: '/lessons', 'aria-current': 'page'}, icon('book'), 'Lessons')),
    h('span.h-grow'), makeThemeButton()),
  h('main.l-main', {},
    h('div.l-head', {}, h('h1', {}, 'What heed learned from you'),
      h('p.h-muted', {}, 'Each lesson is one of your own wishes. It acts only after your yes: first from '
        + 'the prompt, and once taught from the weights of an adapter version.')),
    teach,
    h('div.l-left', {}, h('section.l-lessons', {'aria-label': 'Lessons'}, list, saved), compare),
    h('div.l-right', {}, knob,
      h('section.l-versions', {'aria-labelledby': 'l-versions-title'},
        h('div.h-row.l-title', {}, h('h2', {id: 'l-versions-title'}, 'Versions'), h('span.h-grow'), revert), timeline))),
  status, toasts);

// While somebody types here, learning stands still, as on the chat page. What is typed is not told.
let typed = 0;
function typing() {
  if (Date.now() - typed < 1000) return;
  typed = Date.now();
  trigger('typing', {});
}

// Brings the children of a box in line with the rows: the same row keeps its node and its focus.
function keyed(box, rows, key, make) {
  const old = new Map([...box.children].map(node => [node.dataset.key, node]));
  let place = box.firstChild;
  for (const row of rows) {
    const name = String(key(row)), from = JSON.stringify(row);
    let node = old.get(name);
    old.delete(name);
    if (!node || drawn.get(node) !== from) {
      const fresh = make(row);
      fresh.dataset.key = name;
      drawn.set(fresh, from);
      if (node) {
        const act = node.contains(document.activeElement) ? document.activeElement.dataset.act : null;
        if (node === place) place = fresh;
        node.replaceWith(fresh);
        if (act) (fresh.querySelector(`[data-act="${act}"]`) || fresh.querySelector('button'))?.focus();
      }
      node = fresh;
    }
    if (node === place) place = node.nextSibling;
    else box.insertBefore(node, place);
  }
  for (const gone of old.values()) gone.remove();
}

function act(look, label, name, run, mark = null) {
  return button(look, label, run, mark, {'data-act': name});
}

const GROUPS = [
  ['noted', 'Waiting for your yes'], ['acting', 'Acting now'], ['off', 'Switched off'],
];

function drawLessons(rows) {
  const groups = GROUPS.map(([key, name]) => ({key, name, rows: rows.filter(row => row.group === key)}))
    .filter(group => group.rows.length);
  keyed(list, groups.length ? groups.map(({key, name, rows}) => ({key, name, count: rows.length})) : [{key: 'none'}],
    group => group.key, group => group.key === 'none' ? emptyLedger() : h('section.l-group', {},
      h('h2', {}, group.name, h('span.l-count', {'aria-label': `${group.count} lessons`}, String(group.count))),
      h('div.l-cards')));
  for (const group of groups) {
    const box = [...list.children].find(node => node.dataset.key === group.key).querySelector('.l-cards');
    keyed(box, group.rows.map(row => open.has(row.id) ? {id: row.id, open: open.get(row.id)} : row),
      row => row.id, row => card(rows.find(one => one.id === row.id)));
  }
}

function emptyLedger() {
  return h('div.l-none', {}, icon('book'), h('h2', {}, 'Nothing yet'),
    h('p.h-muted', {}, 'Tell heed what is wrong with a reply, in your own words, and accept the repaired one. '
      + 'What you wished for then stands here.'),
    h('a.h-btn.primary', {href: home}, 'Go to the chat'));
}

function quoted(row) {
  if (!row.words) return h('p.l-words.h-muted', {}, 'The chat it was said in is deleted.');
  const at = row.quote ? row.words.indexOf(row.quote) : -1;
  const text = at < 0 ? [row.words]
    : [row.words.slice(0, at), h('mark', {}, row.quote), row.words.slice(at + row.quote.length)];
  return h('blockquote.l-words', {}, h('span.h-hide', {}, 'You said: '), '“', ...text, '”');
}

function track(steps) {
  return h('ol.l-steps', {}, ...steps.map(step =>
    h('li.' + step.state, step.state === 'now' ? {'aria-current': 'step'} : {}, step.name)));
}

function card(row) {
  const mode = open.get(row.id);
  const node = h('article.h-card.l-card' + (row.group === 'noted' ? '.warm' : ''), {'aria-label': row.effect});
  if (mode === 'amend') { node.append(amendForm(row)); return node; }
  node.append(h('h3', {}, row.effect), quoted(row));
  node.append(h('div.h-row.l-facts', {}, h('span.h-chip', {}, row.scope), h('span.h-chip', {}, row.evidence),
    row.check ? h('span.h-chip', {}, icon('check'), row.check) : null,
    row.group === 'off' ? h('span.h-chip', {}, row.standing) : null));
  if (row.group !== 'off') node.append(track(row.steps));
  if (row.why) node.append(h('p.h-small.h-muted', {}, row.why));
  if (mode === 'forget') { node.append(forgetQuestion(row)); return node; }
  const acts = h('div.h-row.l-acts', {});
  if (row.can.includes('approve')) acts.append(act(row.group === 'off' ? '' : 'primary',
    row.group === 'off' ? 'Switch on again' : 'Yes, from now on', 'approve', () => trigger('approve', {lesson: row.id}), 'check'));
  if (row.can.includes('retry')) acts.append(act('', 'Try to teach it again', 'retry', () => trigger('approve', {lesson: row.id}), 'again'));
  if (row.can.includes('amend')) acts.append(act('quiet', 'Edit', 'amend', () => turn(row, 'amend'), 'pencil'));
  if (row.can.includes('disable')) acts.append(act('quiet',
    row.group === 'noted' ? 'No' : 'Switch off', 'disable', () => trigger('disable', {lesson: row.id}), 'close'));
  if (row.can.includes('forget')) acts.append(act('quiet danger', 'Forget', 'forget', () => turn(row, 'forget'), 'trash'));
  node.append(acts);
  return node;
}

// Opens or closes the form or the question of one card, and puts the focus where it belongs.
function turn(row, mode) {
  const was = open.get(row.id);
  if (was === 'amend' && !mode) sessionStorage.removeItem(DRAFT);
  if (mode) open.set(row.id, mode); else open.delete(row.id);
  paintNow();
  const node = [...list.querySelectorAll('.l-card')].find(one => one.dataset.key === row.id);
  const first = mode ? node?.querySelector('textarea, [data-first]') : node?.querySelector(`[data-act="${was}"]`);
  first?.focus();
}

// What is being typed into a card outlives a reload of the page.
const DRAFT = 'heed.lesson';
function draft() {
  try { return JSON.parse(sessionStorage.getItem(DRAFT)); } catch (error) { return null; }
}

function amendForm(row) {
  const effect = h('textarea.h-area', {rows: 1, required: true, maxlength: 2000, 'data-act': 'effect'});
  const scope = h('input.h-input', {type: 'text', maxlength: 300, placeholder: 'everywhere', 'data-act': 'scope'});
  const kept = draft();
  const from = kept && kept.id === row.id ? kept : row.edit;
  effect.value = from.effect;
  scope.value = from.scope;
  const form = h('form.l-form', {},
    h('label', {}, h('span', {}, 'What heed should do'), effect),
    h('label', {}, h('span', {}, 'Where: empty is everywhere, else for example “emails to my boss”'), scope),
    h('div.h-row', {}, h('button.h-btn.primary', {type: 'submit', 'data-act': 'save'}, 'Save'),
      act('quiet', 'Cancel', 'cancel', () => turn(row, null))));
  const save = () => {
    if (!effect.value.trim()) { effect.focus(); return; }
    trigger('amend', {lesson: row.id, effect: effect.value.trim(), scope: scope.value.trim()});
    turn(row, null);
  };
  form.addEventListener('input', typing);
  form.addEventListener('input', () => sessionStorage.setItem(DRAFT,
    JSON.stringify({id: row.id, effect: effect.value, scope: scope.value})));
  form.addEventListener('submit', event => { event.preventDefault(); save(); });
  form.addEventListener('keydown', event => {
    if (event.key === 'Escape') turn(row, null);
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.target === effect) {
      event.preventDefault();
      save();
    }
  });
  return form;
}

function forgetQuestion(row) {
  return h('div.l-sure', {role: 'alertdialog', 'aria-label': 'Forget this lesson?',
    onkeydown: event => { if (event.key === 'Escape') turn(row, null); }},
    h('p', {}, row.forget),
    h('div.h-row', {},
      act('danger', 'Forget for good', 'sure', () => { open.delete(row.id); trigger('forget', {lesson: row.id}); paintNow(); }, 'trash'),
      button('quiet', 'Keep it', () => turn(row, null), null, {'data-first': true, 'data-act': 'keep'})));
}

function drawTeach(v) {
  const running = v.teaching, count = v.waiting.length;
  const from = JSON.stringify([running, v.waiting, v.lessons.length, v.remembered]);
  if (!running) curve.show(null);
  else if (v.curve) curve.show(v.curve);   // what else is done meanwhile leaves the curve standing
  if (drawn.get(teach) !== from) {
    drawn.set(teach, from);
    const held = teach.contains(document.activeElement);
    const name = running ? 'Teaching' : count ? `Teach ${count} ${count === 1 ? 'lesson' : 'lessons'}` : 'Teach';
    teach.classList.toggle('good', running || count > 0);
    teach.replaceChildren(h('h2', {}, icon('learn'), h('span', {}, name)));
    teach.firstChild.id = 'l-teach-title';
    if (running) {
      teach.append(h('p.l-label', {}), bar, curve,
        h('div.h-row', {}, h('span.h-muted.h-small.l-time-left', {}),
          act('', 'Stop', 'halt', () => trigger('halt', {}), 'stop')));
    } else if (count) {
      teach.append(h('ul.l-waiting', {}, ...v.waiting.map(text => h('li', {}, text))),
        h('p.h-small.h-muted', {}, 'heed trains a new adapter version and tries it on prompts that it was not trained on. '
          + 'Only a version that passes answers you. You can go on chatting meanwhile.'),
        act('primary', 'Teach now', 'teach', () => trigger('teach', {}), 'play'));
    } else {
      teach.append(h('p.h-small.h-muted', {}, v.lessons.length
        ? `Nothing waits: every lesson you said yes to is in the weights${v.remembered ? ' or kept in memory' : ''}.`
        : 'Nothing to teach yet.'));
    }
    if (held) teach.querySelector('button')?.focus();
  }
  if (running && v.work) drawWork(v);
}

function drawWork({work, paused}) {
  const {label, left} = work;
  teach.classList.toggle('still', paused || work.waits);
  teach.querySelector('.l-label').textContent = label;
  teach.querySelector('.l-time-left').textContent = paused && !work.waits ? 'Paused while you type.' : left === null ? '' : left < 90
    ? `about ${Math.max(1, Math.round(left))} s left` : `about ${Math.round(left / 60)} min left`;
  if (!work.waits) bar.show(work);   // what goes first has figures of its own
}

function sentences(lines) {
  return h('ul.l-report', {}, ...lines.map(line => h('li' + (line.good ? '.good' : ''), {},
    line.good && icon('check'), h('span', {}, line.text))));
}

// One measured line stands open; the others, and what speaks against a version, are folded away.
function drawTimeline(v) {
  revert.hidden = v.live === null;
  keyed(timeline, v.timeline, row => row.number, row => {
    const [first, ...rest] = row.report, many = row.lessons.length > 3;
    return h('li' + (row.live ? '.live' : ''), {},
      h('div.h-row', {}, h('h3', {}, row.name), h('span.h-chip' + (row.live ? '.good' : row.failed ? '.warm' : ''), {}, row.state),
        row.when ? h('span.h-muted.h-small', {}, row.when) : null),
      row.lessons.length ? fold(many ? `Holds ${row.lessons.length} lessons` : null,
        h('ul.l-holds', {'aria-label': 'Lessons in it'}, ...row.lessons.map(name => h('li', {}, name)))) : null,
      first ? sentences([first]) : null,
      row.reasons.length ? fold('Why it does not answer', h('ul.l-report', {}, ...row.reasons.map(text =>
        h('li.bad', {}, icon('close'), h('span.h-hide', {}, 'Not passed: '), h('span', {}, text))))) : null,
      rest.length ? fold(`All that was tested (${row.report.length})`, sentences(rest)) : null,
      row.can ? act('', row.number ? `Use version ${row.number}` : 'Use the untaught model', 'pick',
        () => trigger('pick', {number: row.number})) : null);
  });
}

function fold(name, what) {
  return name ? h('details.l-fold', {}, h('summary', {}, icon('right'), name), what) : what;
}

function paintNow() {
  if (!last) return;
  drawLessons(last.lessons);
  drawTeach(last);
  knob.show(last.strength);
  compare.show(last.compare);
  saved.hidden = !last.saved;
  saved.textContent = last.saved;
  drawTimeline(last);
}

function paint() {
  const v = props.value;
  if (!v || !v.lessons || (v.epoch === epoch && v.version < seen)) return;
  if (v.epoch !== epoch) news = v.news.number;  // what was said before this page came is old
  if (epoch === null && draft()) open.set(draft().id, 'amend');
  epoch = v.epoch; seen = v.version; last = v;
  for (const id of [...open.keys()]) if (!v.lessons.some(row => row.id === id)) open.delete(id);
  paintNow();
  stand(v.standing);
  if (v.news.number > news && v.news.text !== v.standing) toast(v.news.text);
  news = Math.max(news, v.news.number);
  if (v.teaching !== wasTeaching) {
    say(v.teaching ? 'Teaching has begun.' : 'Teaching has ended.');
    wasTeaching = v.teaching;
  }
}
watchAlive({shown: () => last, toast, connected: () => root.isConnected, before: () => {}});
paint();
watch('value', paint);

// What hangs below a reply: what was heard, what changed, the lessons, and the question before it.
// Knows no list of rows; every button sends one act.

function draftTail(parts, row, act) {
  const state = STATES[row.state];
  const old = row.revises;
  return [
    state && h('p.state', {}, state),
    row.assumed && assumption(row, act),
    row.missed.length > 0 && h('p.state', {}, `Not met yet: ${row.missed.join('; ')}.`),
    row.changes && changes(row),
    h('div.acts', {role: 'group', 'aria-label': 'This reply'},
      row.accepted && h('span.h-chip.good', {}, icon('check'), 'Accepted'),
      row.last && !row.accepted && row.state === 'done' && button(old ? 'primary' : '', old ? 'Accept' : 'Good as it is',
        () => act.send('accept', {turn: row.id}), 'check', {'data-key': 'accept'}),
      row.last && button('', 'What is wrong?', () => act.criticise(row.id), 'say', {'data-key': 'wrong'}),
      row.last && row.state !== 'done' && button('', 'Continue', () => act.send('go_on', {turn: row.id}), 'play', {'data-key': 'go_on'}),
      row.last && button('quiet' + (old ? '' : ' icon'), 'Try again', () => act.send('again', {turn: row.id}), 'again', {'data-key': 'again'}),
      row.last && old && !row.accepted && button('quiet', 'Keep old', () => act.send('keep', {turn: old}), 'undo', {'data-key': 'keep'}),
      row.last && row.state !== 'writing' && button('quiet icon', 'Edit this reply', () => openEdit(parts.tail, {
        value: row.text, label: 'The reply as it should be', lines: true,
        hint: 'Your version becomes the reply. heed learns the difference.',
        save: edit => act.say('critique', {turn: row.id, text: '', edit}),
      }, act), 'pencil', {'data-key': 'edit'}),
      button('quiet icon', 'Copy', event => copyText(row.text, event.currentTarget), 'copy', {'data-key': 'copy'}),
      pager(row, act)),
    ...row.said.map(said => h('div.aside', {}, ...saidLines(said).filter(Boolean), heard(said, act))),
    ...row.lessons.map(lesson => lessonCard(parts, lesson, act)),
  ];
}

function assumption(row, act) {
  return h('p.state', {}, `Assumed: ${row.assumed} `,
    row.last && button('quiet', 'Not so', () => act.criticise(row.id), null, {'data-key': 'assumed'}));
}

function changes(row) {
  const {out, in: came, pieces} = row.changes;
  const words = n => `${n} ${n === 1 ? 'word' : 'words'}`;
  return h('details.changes', {}, h('summary', {}, icon('down'), 'What changed: ', h('span', {}, `${words(out)} out, ${words(came)} in`)),
    h('p.diff', {}, ...pieces.map(([kind, text]) => kind === 'same' ? text : h(kind === 'out' ? 'del' : 'ins', {}, text))));
}

// "Heard: shorter - this reply only - from 'way too long'", each with what a person may do about it.
function heard(row, act) {
  if (row.forgotten) return null;
  if (!row.chips.length) return h('p.state', {}, 'Kept. heed heard no wish in it that it can act on; say it another way if there is one.');
  return h('div.heard', {role: 'group', 'aria-label': 'What heed heard'},
    ...row.chips.map(chip => chipCard(chip, row.fresh, act)));
}

const SETTLED = {yes: 'Confirmed', edited: 'Corrected', rejected: 'Ignored'};
const heardAs = chip => SETTLED[chip.settled] ?? (chip.held ? 'Not acted on' : chip.unsure ? 'Heard, not sure' : 'Heard');

function chipCard(chip, fresh, act) {
  const off = chip.settled === 'rejected';
  const card = h('details.wish' + (off ? '.off' : ''), {'data-wish': chip.id, open: fresh || off});
  card.append(h('summary.line', {},
    h('span.tag', {}, heardAs(chip)),
    h('b', {}, chip.effect), h('span.h-chip', {}, chip.where),
    chip.quote && chip.quote !== chip.effect && h('span.from', {}, `from \u201c${chip.quote}\u201d`), icon('down')));
  if (chip.asks) card.append(h('p.asks', {}, chip.asks));
  if (chip.because) card.append(h('p.because', {}, chip.because));
  card.append(h('div.acts', {role: 'group', 'aria-label': `About \u201c${chip.effect}\u201d`}, ...chipActs(card, chip, act)));
  return card;
}

function chipActs(card, chip, act) {
  const settle = (settled, more = {}) => act.send('settle', {wish: chip.id, settled, ...more});
  if (chip.settled === 'rejected') return [button('quiet', 'It was feedback', () => settle('yes'), 'undo', {'data-key': `${chip.id} back`})];
  const narrow = chip.reach === 'reply' || chip.reach === 'task', always = chip.reach === 'always', when = chip.reach === 'topic';
  const choice = (label, on, how, name) => button('quiet' + (on ? ' on' : ''), label, how, on ? 'check' : null,
    {'aria-pressed': String(on), 'data-key': `${chip.id} ${name}`});
  const edit = () => openEdit(card, {value: chip.effect, label: 'What heed should do', save: effect => settle('edited', {effect})}, act);
  const place = () => openEdit(card, {
    value: chip.when, label: 'When it should hold', hint: 'For example: emails to my boss. It becomes a lesson that holds there.',
    save: text => settle('yes', {reach: 'topic', when: text}),
  }, act);
  return [
    chip.asks && button('', 'That is it', () => settle('yes'), 'check', {'data-key': `${chip.id} right`}),
    button('quiet', 'Edit', edit, 'pencil', {'data-key': `${chip.id} edit`}),
    ...(chip.settles ? [
      choice('Only here', narrow, () => settle('yes', {reach: 'reply'}), 'reply'),
      choice('Always', always, () => settle('yes', {reach: 'always', when: ''}), 'always'),
      choice('When \u2026', when, place, 'topic')] : []),
    button('quiet', 'Not feedback', () => settle('rejected'), 'close', {'data-key': `${chip.id} no`}),
  ];
}

function lessonCard(parts, lesson, act) {
  const noted = lesson.status === 'noted', prompted = ['active', 'memory'].includes(lesson.status), card = h('div.lesson', {'data-lesson': lesson.id});
  const edit = () => openEdit(card, {
    value: lesson.effect, label: 'The lesson', save: effect => act.send('reword', {lesson: lesson.id, effect}),
  }, act);
  card.append(h('p.line', {},
    h('span', {}, icon('learn'), noted ? 'A lesson from this: ' : 'Lesson: ', h('b', {}, lesson.effect)),
    h('span.h-chip', {}, lesson.where)));
  if (!noted) card.append(h('p.h-small.h-muted', {}, lesson.standing));
  const acts = [];
  if (noted) acts.push(
    button('primary', 'Yes, from now on', () => act.send('approve', {lesson: lesson.id}), 'check', {'data-key': `${lesson.id} yes`}),
    button('', 'Only here', () => act.send('disable', {lesson: lesson.id}), null, {'data-key': `${lesson.id} here`}));
  if (lesson.status === 'retired') acts.push(
    button('quiet', 'Switch it on', () => act.send('approve', {lesson: lesson.id}), 'undo', {'data-key': `${lesson.id} on`}));
  if (noted || prompted) acts.push(
    button('quiet', 'Change the words', edit, 'pencil', {'data-key': `${lesson.id} edit`}));
  if (prompted) acts.push(
    button('quiet', 'Switch it off', () => act.send('disable', {lesson: lesson.id}), 'close', {'data-key': `${lesson.id} off`}));
  if (acts.length) card.append(h('div.acts', {}, ...acts));
  return card;
}

function questionCard(row, act) {
  if (!row.open) return h('div.ask.answered', {},
    h('p.asked', {}, row.text), row.outcome && h('p.h-muted', {}, row.outcome));
  const say = (how, text) => act.send('answer', {turn: row.id, how, text});
  const other = h('input.h-input', {'aria-label': 'Another answer', placeholder: 'Something else \u2026', maxlength: 2000});
  return h('section.ask', {'data-question': row.id, tabindex: '-1', 'aria-label': 'heed asks'},
    h('p.asked', {}, row.text),
    row.reason && h('p.h-small.h-muted', {}, row.reason),
    h('div.options', {role: 'group', 'aria-label': 'Answers'}, ...row.options.map((option, i) =>
      h('button.h-btn.option', {type: 'button', onclick: () => say('option', option), 'data-key': `option ${i + 1}`},
        h('kbd', {}, String(i + 1)), option))),
    h('form.other', {onsubmit: event => {
      event.preventDefault();
      const text = other.value.trim();
      if (text) act.say('answer', {turn: row.id, how: 'words', text});
    }}, other, h('button.h-btn', {type: 'submit'}, 'Answer')),
    h('div.acts', {},
      button('quiet', 'Just decide', () => say('skip', ''), 'play', {'data-key': 'skip', title: row.assumption && `heed would assume: ${row.assumption}`}),
      button('quiet', 'Never ask about this', () => say('mute', ''), 'close', {'data-key': 'mute'}),
      row.assumption && h('span.h-small.h-muted', {}, `If you skip it: ${row.assumption}`)));
}

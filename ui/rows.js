// One row of the transcript: a head, a body and a tail, each redrawn only when its own data changed.
// Knows no snapshot and no list; cards.js draws what hangs below a reply.

// `part` is rebuilt by `build` when `data` differs from what it shows. What a person has open in it
// (a form marked data-editing) is left alone until they close it; focus survives a rebuild.
function redraw(part, data, build) {
  const sign = JSON.stringify(data);
  if (part.sign === sign || part.querySelector('[data-editing]')) return;
  part.sign = sign;
  const held = part.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const open = [...part.querySelectorAll('details.changes')].map(one => one.open);
  part.replaceChildren(...build().filter(Boolean));
  part.querySelectorAll('details.changes').forEach((one, i) => { one.open ||= Boolean(open[i]); });
  if (held) (part.querySelector(`[data-key="${CSS.escape(held)}"]`) ?? part.querySelector('.primary, button'))?.focus({preventScroll: true});
}

function hasSelection(node) {
  const chosen = getSelection();
  return Boolean(chosen && !chosen.isCollapsed && chosen.rangeCount && chosen.getRangeAt(0).intersectsNode(node));
}

// While a reply is written its words are appended to one text node, so a selection in it lives on.
// The finished text is put in as HTML, but not under a selection: true when it still has to be.
function drawBody(body, row) {
  if (row.html === null || row.html === undefined) {
    if (body.kind !== 'raw') {
      body.kind = 'raw';
      body.replaceChildren(document.createTextNode(''));
    }
    const text = body.firstChild;
    if (row.text.startsWith(text.data)) {
      if (row.text.length > text.data.length) text.appendData(row.text.slice(text.data.length));
    } else text.data = row.text;
    return false;
  }
  if (body.kind === 'html' && body.shown === row.html) return false;
  if (hasSelection(body)) return true;
  body.kind = 'html';
  body.shown = row.html;
  body.innerHTML = row.html;  // made by the server from escaped text: no scripts, images or forms
  for (const code of body.querySelectorAll('pre')) {
    const copy = button('quiet icon', 'Copy this code', () => copyText(code.textContent, copy), 'copy');
    code.replaceWith(h('div.code', {}, code.cloneNode(true), copy));
  }
  return false;
}

async function copyText(text, near) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {  // no permission, or not a secure address: the old way
    const area = h('textarea', {'aria-hidden': 'true', style: 'position:fixed;opacity:0'});
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  const old = near.querySelector('svg');
  if (!old) return;
  const done = icon('check');
  old.replaceWith(done);
  setTimeout(() => done.replaceWith(old), 1500);
}

// A form in place of a text: Enter in a one-line field or the button saves, Escape leaves it.
function editForm({value, label, save, done, hint = '', lines = false}) {
  const field = lines ? h('textarea.h-area', {'aria-label': label}) : h('input.h-input', {'aria-label': label});
  field.value = value;
  const form = h('form.edit', {
    'data-editing': true,
    onsubmit: event => {
      event.preventDefault();
      const text = field.value.trim();
      form.removeAttribute('data-editing');
      if (text && text !== value) save(text);
      done();
    },
    onkeydown: event => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      form.removeAttribute('data-editing');
      done();
    },
  }, field, hint && h('p.h-small.h-muted', {}, hint), h('div.h-row', {},
    h('button.h-btn.primary', {type: 'submit'}, 'Save'),
    button('quiet', 'Cancel', () => { form.removeAttribute('data-editing'); done(); })));
  return form;
}

// Opens an edit form in `part`, below what is there; the next redraw clears it away.
function openEdit(part, options, act) {
  if (part.querySelector('[data-editing]')) return;
  const form = editForm({...options, done: () => { form.remove(); act.repaint(); }});
  part.append(form);
  const field = form.querySelector('input, textarea');
  field.focus();
  if (options.lines) field.setSelectionRange(options.value.length, options.value.length);
  else field.select();
}

function pager(row, act) {
  const p = row.pager;
  if (!p) return null;
  const to = (id, label, mark, key) => button('quiet icon', label, () => act.send('bring', {turn: id}), mark,
    {disabled: !id, 'data-key': key});
  return h('span.pager', {role: 'group', 'aria-label': `Version ${p.at} of ${p.of}`},
    to(p.before, 'Earlier version', 'left', 'before'), h('span', {}, `${p.at}/${p.of}`),
    to(p.after, 'Later version', 'right', 'after'));
}

const STATES = {
  stopped: 'You stopped it here. The text is kept.',
  broken: 'heed ended while it wrote this. The text is kept.',
};

const ROWS = {
  request: {
    body(parts, row) { return drawBody(parts.body, {text: row.text, html: null}); },
    tail(parts, row, act) {
      return [
        !row.learn && h('span.h-chip', {}, icon('lock'), 'Not learned from'),
        pager(row, act),
        button('quiet icon', 'Edit this request', () => openEdit(parts.tail, {
          value: row.text, label: 'Your request', lines: true,
          hint: 'Saving asks again beside the old request; the old one stays.',
          save: text => act.say('branch', {turn: row.id, text}),
        }, act), 'pencil', {'data-key': 'edit'}),
        button('quiet icon', 'Copy', event => copyText(row.text, event.currentTarget), 'copy', {'data-key': 'copy'}),
        button('quiet icon', row.learn ? 'Do not learn from this' : 'Learn from this again',
          () => act.send('dont_learn', {turn: row.id, learn: !row.learn}), 'lock',
          {'data-key': 'learn', 'aria-pressed': String(!row.learn)}),
      ];
    },
  },
  draft: {
    head(parts, row) {
      const prompt = row.in_prompt.length;
      return [
        h('span.who', {}, 'heed'),
        h('span.made', {title: row.in_prompt.join('\n') || null},
          row.made + (prompt ? ` + ${prompt} ${prompt === 1 ? 'lesson' : 'lessons'} in the prompt` : '')),
        row.revises && h('span.h-chip.good', {}, 'Revised'),
      ];
    },
    body(parts, row) { return drawBody(parts.body, row); },
    tail: (parts, row, act) => draftTail(parts, row, act),
  },
  critique: {
    head(parts, row) { return [h('span.who', {}, row.edited ? 'You edited it' : 'You said what is wrong')]; },
    body(parts, row) {
      redraw(parts.body, [row.quote, row.text, row.mark], () => saidLines(row));
      return false;
    },
    tail: (parts, row, act) => [!row.edited && heard(row, act), pager(row, act)],
  },
  question: {
    body(parts, row, act) {
      redraw(parts.body, row, () => [questionCard(row, act)]);
      return false;
    },
    tail: () => [],
  },
  notice: {
    body(parts, row, act) {
      redraw(parts.body, row, () => [
        h('span', {}, row.text),
        row.undo && button('quiet', 'Undo', () => act.send('take_back', {}), 'undo', {'data-key': 'undo'}),
      ]);
      return false;
    },
    tail: (parts, row, act) => [pager(row, act)],
  },
};

const MARKS = {change: 'Change', keep: 'Keep', question: 'Question', concern: 'Concern'};

function saidLines(row) {
  return [
    row.quote && h('p.quote', {}, row.mark && h('b', {}, MARKS[row.mark] + ' '), `\u201c${row.quote}\u201d`),
    row.text && h('p', {}, row.text),
  ];
}

function makeRow(id, kind) {
  const parts = {head: h('div.head'), body: h('div.body' + (kind === 'draft' ? '.written' : '')), tail: h('div.tail')};
  const node = h(`article.row.${kind}`, {'data-id': id}, parts.head, parts.body, parts.tail);
  node.parts = parts;
  return node;
}

// Draws a row; true while its finished text waits for a selection to be given up.
function drawRow(node, row, act) {
  const kind = ROWS[row.kind], {text, html, ...rest} = row;
  node.classList.toggle('writing', row.state === 'writing');
  node.classList.toggle('past', row.kind === 'draft' && !row.last);
  node.classList.toggle('accepted', Boolean(row.accepted));
  if (kind.head) redraw(node.parts.head, [row.made, row.in_prompt, row.revises, row.edited], () => kind.head(node.parts, row));
  const waits = kind.body(node.parts, row, act);
  const settled = row.state === 'writing' ? '' : text;  // the buttons of a finished row hold its text
  redraw(node.parts.tail, [rest, settled], () => row.state === 'writing' ? [] : kind.tail(node.parts, row, act));
  return waits;
}

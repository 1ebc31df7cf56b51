// Small helpers that every page shares: nodes, keys, notices, the theme. Knows no chat and no lesson.

// h('button.h-btn.primary', {type: 'button', onclick: f}, icon('check'), 'Accept')
function h(name, props, ...children) {
  const [tag, ...classes] = name.split('.');
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(' ');
  for (const [key, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

function button(look, label, act, mark = null, more = {}) {
  const alone = look.includes('icon');
  return h('button.h-btn' + (look ? '.' + look.split(' ').join('.') : ''),
    {type: 'button', onclick: act, ...(alone ? {'aria-label': label, title: label} : {}), ...more},
    mark && icon(mark), !alone && label);
}

// A letter or digit typed into a field is text, never a command.
function isTyping(target) {
  return target instanceof Element && Boolean(target.closest('input, textarea, select, [contenteditable="true"]'));
}

function bare(event) {
  return !(event.ctrlKey || event.metaKey || event.altKey || event.isComposing);
}

// A bar that is told {label, done, left}: done in percent, or null while nobody knows how much is left.
function makeBar(name) {
  const node = h('div.h-bar', {role: 'progressbar', 'aria-label': name, 'aria-valuemin': '0', 'aria-valuemax': '100'}, h('i'));
  node.show = work => {
    const sure = work && work.done !== null;
    node.classList.toggle('unsure', !sure);
    node.style.setProperty('--done', `${sure ? work.done : 0}%`);
    if (sure) node.setAttribute('aria-valuenow', String(work.done)); else node.removeAttribute('aria-valuenow');
  };
  return node;
}

// Speaks once, for screen readers; the same sentence twice in a row is said twice.
function makeVoice(node) {
  return text => { node.textContent = ''; requestAnimationFrame(() => { node.textContent = text; }); };
}

// A notice in the corner of the eye. `acts`: [[label, function], ...]. Gone after `stay` ms; 0 keeps it.
function makeToasts(box) {
  return (text, acts = [], stay = 7000) => {
    const note = h('div.h-toast', {role: 'alert'}, h('span', {}, text));
    const gone = () => note.remove();
    for (const [label, act] of acts) note.append(button('', label, () => { gone(); act(); }));
    note.append(button('icon', 'Close', gone, 'close'));
    for (const old of [...box.querySelectorAll('.h-toast:not(.stands)')].slice(0, -2)) old.remove();
    box.append(note);
    if (stay) setTimeout(gone, stay);
    return gone;
  };
}

// What stands until the person dismisses it; the server keeps it over a reload.
function makeStanding(box, dismiss) {
  let shown = '', note = null;
  return text => {
    if (text === shown) return;
    shown = text;
    note?.remove();
    note = null;
    if (!text) return;
    note = h('div.h-toast.stands', {role: 'alert'}, h('span', {}, text),
      button('icon', 'Close', () => { note?.remove(); dismiss(); }, 'close'));
    box.prepend(note);
  };
}

// Theme: follows the system until the person picks one. The head's script applied it before painting.
const THEMES = {auto: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark'};
function makeThemeButton() {
  const marks = {auto: 'auto', light: 'sun', dark: 'moon'};
  const read = () => document.documentElement.dataset.theme || 'auto';
  const node = button('quiet icon', THEMES[read()], () => {
    const names = Object.keys(THEMES);
    const next = names[(names.indexOf(read()) + 1) % names.length];
    if (next === 'auto') { delete document.documentElement.dataset.theme; localStorage.removeItem('heed.theme'); }
    else { document.documentElement.dataset.theme = next; localStorage.setItem('heed.theme', next); }
    show();
  }, 'auto');
  const show = () => {
    node.replaceChildren(icon(marks[read()]));
    node.setAttribute('aria-label', THEMES[read()]);
    node.title = THEMES[read()];
  };
  show();
  return node;
}

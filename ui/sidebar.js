// The list of chats: new, temporary, search, open, rename, delete. On a narrow screen it slides in.
// Knows no turn. Titles are found here at once; texts are searched by the server.

function makeSidebar(side, scrim, act) {
  const search = h('input.h-input', {type: 'search', placeholder: 'Search chats', 'aria-label': 'Search titles and texts', maxlength: 200});
  const list = h('ul.chats', {'aria-label': 'Chats'});
  const model = h('p.model.h-small.h-muted');
  const none = h('p.none.h-small.h-muted', {hidden: true});
  const close = button('quiet icon', 'Close the list', () => show(false), 'close');
  close.classList.add('narrow');
  side.append(
    h('div.brand', {}, h('a.h-mark', {href: '/', onclick: event => { event.preventDefault(); act.fresh('normal'); show(false); }}, 'heed'), h('span.h-grow'), close),
    button('wide', 'New chat', () => { act.fresh('normal'); show(false); }, 'plus', {'data-key': 'new', title: 'Ctrl+Shift+O'}),
    button('wide quiet', 'Temporary chat', () => { act.fresh('temporary'); show(false); }, 'lock',
      {'data-key': 'temporary', title: 'Kept in memory only: nothing of it is stored or learned'}),
    h('label.search', {}, icon('search'), search), none, h('nav.h-grow.scroll', {'aria-label': 'Chats'}, list),
    h('div.foot', {},
      h('a.h-btn.quiet.wide', {href: '/lessons', onclick: event => { event.currentTarget.search = location.search; }}, icon('book'), h('span.h-grow', {}, 'Lessons and versions')),
      h('div.h-row', {}, model, makeThemeButton(), button('quiet icon', 'Keys and help', () => act.help(), 'help'))));

  let timer = 0, last = null, words = '';

  function show(on) {
    side.classList.toggle('open', on);
    scrim.hidden = !on;
    if (on) search.focus({preventScroll: true});
  }
  scrim.addEventListener('click', () => show(false));
  side.addEventListener('keydown', event => { if (event.key === 'Escape') { show(false); act.focus(); } });
  search.addEventListener('input', () => {
    words = search.value.trim().toLowerCase();
    if (last) paint(last);
    clearTimeout(timer);
    timer = setTimeout(() => act.send('search', {text: search.value}), 250);
  });

  function entry(chat, current) {
    const here = chat.id === current;
    const link = h('a', {href: `?chat=${chat.id}`, 'aria-current': here ? 'page' : null, onclick: event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      act.open(chat.id);
      show(false);
    }}, chat.mode === 'temporary' && icon('lock'), h('span', {}, chat.title || 'New chat'));
    const item = h('li' + (here ? '.here' : ''), {'data-chat': chat.id}, link,
      button('quiet icon', `Rename \u201c${chat.title}\u201d`, () => openEdit(item, {
        value: chat.title, label: 'Title', save: text => act.send('rename', {chat: chat.id, text}),
      }, {repaint}), 'pencil', {'data-key': `rename ${chat.id}`}),
      button('quiet icon', `Delete \u201c${chat.title}\u201d`, () => sure(item, chat), 'trash', {'data-key': `delete ${chat.id}`}));
    return item;
  }

  function sure(item, chat) {
    const ask = h('div.sure', {'data-editing': true, role: 'alertdialog', 'aria-label': 'Delete this chat?'},
      h('p.h-small', {}, 'Delete this chat? What was learned from it stays in the list of lessons.'),
      h('div.h-row', {},
        button('danger', 'Delete', () => { done(); act.send('drop', {chat: chat.id}); }),
        button('quiet', 'Keep', () => done())));
    const done = () => { ask.remove(); repaint(); };
    if (item.querySelector('[data-editing]')) return;
    item.append(ask);
    ask.querySelector('button').focus();
  }

  function repaint() { if (last) paint(last); }

  function paint(view) {
    last = view;
    const found = view.found && words ? new Set(view.found) : null;
    const chats = view.chats.filter(chat => !words || chat.title.toLowerCase().includes(words) || found?.has(chat.id));
    redraw(list, [chats, view.chat], () => chats.map(chat => entry(chat, view.chat)));
    none.hidden = chats.length > 0;
    none.textContent = words ? 'No chat has these words.' : 'Your chats will be listed here.';
    redraw(model, [view.model, view.live], () => [
      view.model ? `${view.live === null ? 'untaught' : `version ${view.live}`} \u00b7 ${view.model.split('/')[0]}` : 'Model not loaded yet']);
    model.title = view.model;
  }

  return {paint, show, search};
}

// The page of an audit: filters, sorting and the theme. Everything is readable without it; it reads the page and
// nothing else. SPDX-License-Identifier: Apache-2.0
'use strict';
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Theme: as the system has it, or as chosen. Storage may be forbidden for files.
  const themes = ['system', 'light', 'dark'];
  const button = find('#theme');
  const read = () => { try { return localStorage.getItem('srvwarden-theme'); } catch { return null; } };
  const keep = (theme) => { try { localStorage.setItem('srvwarden-theme', theme); } catch { /* not kept */ } };
  let theme = themes.includes(read()) ? read() : 'system';
  const apply_theme = () => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.textContent = `Theme: ${theme}`;
  };
  button.addEventListener('click', () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    keep(theme);
    apply_theme();
  });
  button.hidden = false;
  apply_theme();

  // Tables are sorted by any column: numbers as numbers, else as text.
  const by_value = new Intl.Collator(undefined, {numeric: true}).compare;
  const sort_table = (head, column) => {
    const descending = head.getAttribute('aria-sort') === 'ascending';
    for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
    const body = head.closest('table').tBodies[0];
    const value = (row) => row.cells[column].textContent;
    const rows = [...body.rows].sort((a, b) => by_value(value(a), value(b)));
    body.append(...(descending ? rows.reverse() : rows));
  };
  for (const table of all('table.sortable')) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const sorter = document.createElement('button');
      sorter.type = 'button';
      sorter.append(...head.childNodes);
      sorter.addEventListener('click', () => sort_table(head, column));
      head.append(sorter);
    });
  }

  // Filters.
  const bar = find('.filters');
  const query = find('#query');
  const rule_choice = find('#rule');
  const host_choice = find('#host');
  const order = find('#order');
  const count = find('#count');
  const severities = all('.filters [name=severity]');
  const hosts = all('.host');
  const rules = all('.rule');
  const texts = new WeakMap();  // in lower case, made when they are first asked for
  const text_of = (element) => {
    if (!texts.has(element)) texts.set(element, element.textContent.toLowerCase());
    return texts.get(element);
  };
  const names = hosts.map((host) => find('h3', host).textContent);
  const option = (select, value, text) => {
    const made = document.createElement('option');
    made.value = value;
    made.textContent = text;
    select.append(made);
  };
  for (const rule of rules) option(rule_choice, rule.dataset.r, `${rule.dataset.r} ${find('h3', rule).textContent}`);
  const most_hosts = 500;  // more than that are found by searching
  names.slice(0, most_hosts).forEach((name, index) => option(host_choice, String(index), name));

  const shows = (element, wanted) => wanted.severities.has(element.dataset.s) &&
    (!wanted.rule || (` ${element.dataset.r} `).includes(` ${wanted.rule} `)) &&
    (!wanted.text || text_of(element).includes(wanted.text));
  const filter_host = (host, index, wanted) => {
    if (wanted.host !== '' && wanted.host !== String(index)) { host.hidden = true; return 0; }
    const head = find('summary', host);
    const whole = wanted.text !== '' && text_of(head).includes(wanted.text);
    const asked = whole ? {...wanted, text: ''} : wanted;
    let instances = 0;
    let others = 0;
    for (const item of all('.i, .fs.own > li', host)) {
      item.hidden = !shows(item, asked);
      if (item.hidden) continue;
      if (item.classList.contains('i')) ++instances; else ++others;
    }
    host.hidden = instances + others === 0;
    return instances;
  };
  const filter_rule = (rule, wanted) => {
    const fits = wanted.severities.has(rule.dataset.s) && (!wanted.rule || rule.dataset.r === wanted.rule);
    const name = wanted.host === '' ? '' : names[Number(wanted.host)];
    const whole = wanted.text !== '' && text_of(find('.about', rule)).includes(wanted.text);
    let rows = 0;
    for (const row of find('tbody', rule).rows) {
      row.hidden = !fits || (name !== '' && row.cells[1].textContent !== name) ||
        (wanted.text !== '' && !whole && !text_of(row).includes(wanted.text));
      if (!row.hidden) ++rows;
    }
    rule.hidden = rows === 0;
    return rule.hidden ? 0 : 1;
  };
  const filter = () => {
    const wanted = {
      text: query.value.trim().toLowerCase(), rule: rule_choice.value, host: host_choice.value,
      severities: new Set(severities.filter((box) => box.checked).map((box) => box.value)),
    };
    const shown_rules = rules.reduce((sum, rule) => sum + filter_rule(rule, wanted), 0);
    const shown = hosts.reduce((sum, host, index) => sum + filter_host(host, index, wanted), 0);
    count.value = `${shown} of ${all('.i').length} instances, ${shown_rules} of ${rules.length} rules`;
  };

  const by = {
    worst: (a, b) => a - b,
    name: (a, b) => by_value(names[a], names[b]),
    instances: (a, b) => all('.i', hosts[b]).length - all('.i', hosts[a]).length,
  };
  order.addEventListener('change', () => {
    const indices = hosts.map((_, index) => index).sort(by[order.value]);
    find('#host-list').append(...indices.map((index) => hosts[index]));
  });

  // What is wanted may stand behind the # of the address: q, rule, host, severity (commas between).
  const from_address = () => {
    const wanted = new URLSearchParams(location.hash.slice(1));
    if (wanted.has('q')) query.value = wanted.get('q');
    if (wanted.has('rule')) rule_choice.value = wanted.get('rule');
    if (wanted.has('host')) host_choice.value = String(names.indexOf(wanted.get('host')));
    if (wanted.has('order')) { order.value = wanted.get('order'); order.dispatchEvent(new Event('change')); }
    if (wanted.has('theme') && themes.includes(wanted.get('theme'))) { theme = wanted.get('theme'); apply_theme(); }
    if (wanted.has('severity')) {
      const names_of = wanted.get('severity').split(',');
      for (const box of severities) box.checked = names_of.includes(box.value);
    }
  };
  let timer = 0;
  query.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(filter, 120); });
  for (const control of [rule_choice, host_choice, ...severities]) control.addEventListener('change', filter);
  find('#reset').addEventListener('click', () => {
    query.value = rule_choice.value = host_choice.value = '';
    for (const box of severities) box.checked = true;
    filter();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
    event.preventDefault();
    query.focus();
  });
  // A link into something that is closed opens it; paper has nothing to click on.
  const open_target = () => {
    const id = location.hash.slice(1);
    const target = /^[hr]-?[A-Za-z0-9]+$/.test(id) ? document.getElementById(id) : null;
    if (target) target.open = true;
  };
  addEventListener('hashchange', open_target);
  addEventListener('beforeprint', () => { for (const each of all('details')) each.open = true; });
  bar.hidden = false;
  open_target();
  if (location.hash.includes('=')) { from_address(); filter(); } else {
    count.value = `${all('.i').length} instances, ${rules.length} rules`;
  }
})();

import { html, joined } from './html';

describe('HTML', () => {
  it('escapes every text that is put in, for content and attributes', () => {
    const name = `<img src=x onerror="alert('1')"> & co`;
    const escaped = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; co';
    expect(html`<p title="${name}">${name}</p>`.text).toBe(`<p title="${escaped}">${escaped}</p>`);
  });

  it('takes HTML, lists of it, and numbers as they are', () => {
    expect(html`<p>${[html`<b>${'<'}</b>`, html`<i>${2}</i>`]}</p>`.text).toBe('<p><b>&lt;</b><i>2</i></p>');
    expect(joined([html`<b>a</b>`, html`b`], '<\n').text).toBe('<b>a</b>&lt;\nb');
  });
});

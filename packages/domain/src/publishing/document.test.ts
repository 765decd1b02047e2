import { describe, expect, it } from 'vitest'
import {
  type ArticleDocument,
  documentProblem,
  isHostAllowed,
  isUsableText,
  linksOfDocument,
  picturesOfDocument,
  safeLink,
  wordsOfDocument,
} from './document.ts'
import { documentHtml } from './document-html.ts'

const FILE = '0199c0de-0000-7000-8000-000000000001'
const doc = (...content: object[]): ArticleDocument => ({ type: 'doc', content }) as unknown as ArticleDocument
const says = (text: string, marks?: object[]) => ({
  type: 'paragraph',
  content: [{ type: 'text', text, ...(marks ? { marks } : {}) }],
})
const linked = (href: unknown) => doc(says('文件', [{ type: 'link', attrs: { href } }]))
const html = (document: ArticleDocument) => documentHtml(document, (id) => `/files/${id}`)

describe('a document', () => {
  it.each([
    [{ type: 'paragraph' }, 'broken', ''],
    [doc({ type: 'iframe', attrs: { src: 'https://x.cn' } }), 'unknown_part', '/content/0/type'],
    [doc({ type: '__proto__' }), 'unknown_part', '/content/0/type'],
    [doc({ type: 'text', text: '裸' }), 'broken', '/content/0'],
    [doc({ ...says('字'), onclick: 'x' }), 'unknown_part', '/content/0/onclick'],
    [doc({ type: 'paragraph', attrs: { style: 'x' } }), 'unknown_part', '/content/0/attrs/style'],
    [doc({ type: 'heading', attrs: { level: 1 } }), 'broken', '/content/0/attrs/level'],
    [doc({ type: 'heading' }), 'broken', '/content/0/attrs'],
    [doc({ type: 'image', attrs: { fileId: 'https://x.cn/a.png' } }), 'broken', '/content/0/attrs/fileId'],
    [doc({ type: 'image', attrs: { caption: '无' } }), 'broken', '/content/0/attrs'],
    [doc(says('字', [{ type: 'code' }])), 'unknown_part', '/content/0/content/0/marks/0/type'],
    [
      doc(says('字', [{ type: 'bold', attrs: { class: 'x' } }])),
      'unknown_part',
      '/content/0/content/0/marks/0/attrs/class',
    ],
    [doc(says('坏\u0000')), 'unusable_text', '/content/0/content/0/text'],
    [doc(says('字'.repeat(100_001))), 'too_large', '/content/0/content/0/text'],
    [doc(...Array.from({ length: 6001 }, () => ({ type: 'paragraph' }))), 'too_large', '/content/5999'],
  ])('is refused at the place that is wrong: %#', (document, fault, at) => {
    expect(documentProblem(document)).toMatchObject({ fault, at })
  })

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    'file:///etc/passwd',
    '//x.cn',
    '/admin',
    'https://a:b@x.cn/',
    'https://x.cn/\u202e',
    17,
  ])('links to nothing that runs or hides: %s', (href) => {
    expect(documentProblem(linked(href))).toMatchObject({ fault: 'unsafe_link' })
    expect(html(linked(href))).toBe('<p>文件</p>')
  })

  it('is refused when it is nested without end', () => {
    let deep: object = says('底')
    for (let level = 0; level < 20; level += 1)
      deep = { type: 'bulletList', content: [{ type: 'listItem', content: [deep] }] }
    expect(documentProblem(doc(deep))).toMatchObject({ fault: 'too_large' })
  })

  it('becomes HTML in which every word is only a word', () => {
    const document = doc(
      { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: '<script>alert(1)</script>' }] },
      says('"引"&\'', [{ type: 'bold' }, { type: 'link', attrs: { href: 'https://x.cn/?a="b"' } }]),
      { type: 'image', attrs: { fileId: FILE, caption: '" onerror="alert(1)' } },
      { type: 'orderedList', attrs: { start: 3 }, content: [{ type: 'listItem', content: [says('三')] }] },
      {
        type: 'table',
        content: [{ type: 'tableRow', content: [{ type: 'tableCell', attrs: { colspan: 2 }, content: [says('格')] }] }],
      },
    )
    expect(documentProblem(document)).toBeNull()
    expect(html(document)).toBe(
      '<h2>&#60;script&#62;alert(1)&#60;/script&#62;</h2>' +
        '<p><a href="https://x.cn/?a=%22b%22" rel="noopener noreferrer nofollow"><strong>&#34;引&#34;&#38;&#39;</strong></a></p>' +
        `<figure><img src="/files/${FILE}" alt="&#34; onerror=&#34;alert(1)" loading="lazy">` +
        '<figcaption>&#34; onerror=&#34;alert(1)</figcaption></figure>' +
        '<ol start="3"><li><p>三</p></li></ol>' +
        '<div class="table"><table><tbody><tr><td colspan="2"><p>格</p></td></tr></tbody></table></div>',
    )
    expect(wordsOfDocument(document).split('\n')).toEqual([
      '<script>alert(1)</script>',
      '"引"&\'',
      '" onerror="alert(1)',
      '三',
      '格',
    ])
    expect(linksOfDocument(document)).toEqual([
      { at: '/content/1/content/0/marks/1/attrs/href', href: 'https://x.cn/?a=%22b%22' },
    ])
    expect(picturesOfDocument(document)).toEqual([FILE])
  })

  it('sets links to the hosts that are named, or to any', () => {
    expect(safeLink('HTTPS://X.cn')).toBe('https://x.cn/')
    expect(isHostAllowed('https://x.cn/', [])).toBe(true)
    expect(isHostAllowed('https://x.cn/', ['people.com.cn', '*.gov.cn'])).toBe(false)
    expect(isHostAllowed('https://www.gov.cn/', ['*.gov.cn'])).toBe(true)
    expect(isHostAllowed('https://evilgov.cn/', ['*.gov.cn'])).toBe(false)
    expect(isUsableText('a\u202eb')).toBe(false)
  })
})

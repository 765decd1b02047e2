import { Editor } from '@tiptap/core'
import { documentProblem, wordsOfDocument } from '@tongxin/domain/publishing/document'
import { describe, expect, it } from 'vitest'
import { bareDocument, DOCUMENT_PARTS } from './document-parts.ts'

/** What is left of pasted HTML. */
function pasted(html: string) {
  const editor = new Editor({ extensions: DOCUMENT_PARTS, content: html, injectCSS: false })
  const document = bareDocument(editor.getJSON() as never)
  editor.destroy()
  return document
}

describe('what is pasted', () => {
  it.each([
    // Word
    '<p class="MsoNormal" style="mso-style-name:x"><o:p></o:p><b style="color:red">第一条</b> 内容<!--[if gte mso 9]><xml></xml><![endif]--></p>',
    // WeChat
    '<section style="background:url(https://x.cn/a.png)"><p data-tools="135"><span style="font-size:15px">段落</span><img data-src="https://mmbiz.qpic.cn/x" src="https://mmbiz.qpic.cn/x"></p><mpvoice></mpvoice></section>',
    '<table style="width:99px"><colgroup><col width="30"></colgroup><tr><th colspan="2" bgcolor="red">表头</th></tr><tr><td>一</td><td rowspan="1">二</td></tr></table>',
    '<h1>大标题</h1><h2 onclick="alert(1)">二级</h2><ol start="3" type="a"><li>三</li></ol><blockquote>引用</blockquote><pre><code>代码</code></pre>',
    '<p><a href="javascript:alert(1)">坏</a><a href="https://www.gov.cn/" target="_blank" class="x">好</a></p><object data="x"></object><script>alert(1)</script><svg onload="alert(1)"></svg>',
  ])('is a document that the server takes: %#', (html) => {
    const document = pasted(html)
    expect(documentProblem(document)).toBeNull()
    expect(JSON.stringify(document)).not.toMatch(/style|class|javascript|mmbiz|onclick|onload|colwidth/)
    expect(wordsOfDocument(document as never)).not.toBe('')
  })

  it('keeps what says something: headings, numbers, cells, links', () => {
    const text = JSON.stringify(
      pasted('<h3>节</h3><ol start="3"><li>三</li></ol><p><a href="https://www.gov.cn/">链</a></p>'),
    )
    expect(text).toContain('"level":3')
    expect(text).toContain('"start":3')
    expect(text).toContain('{"type":"link","attrs":{"href":"https://www.gov.cn/"}}')
    expect(JSON.stringify(pasted('<table><tr><td colspan="2">格</td></tr></table>'))).toContain('"colspan":2')
  })
})

import { strFromU8, unzipSync } from 'fflate'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, describe, expect, it } from 'vitest'
import { closePrinter, printForm } from './forms.printer.ts'
import type { TransferLetters } from './forms.types.ts'

afterAll(closePrinter)

const base = { organisation: '中共东江大学委员会', printedAt: '2026-11-20T01:00:00Z' }
const letter: TransferLetters['letters'][number] = {
  number: '2026-0012',
  reprint: 0,
  name: '买买提·吐尔逊',
  standing: '中共正式党员',
  isMember: true,
  from: '计算机学院教工第一党支部',
  to: '中共滨海市云岭区街道工作委员会人才服务中心第二联合支部委员会',
  committee: '中共东江大学委员会',
  reason: '工作调动',
  handler: '欧阳文静',
  duesPaidUntil: '2026-10',
  validDays: 90,
  issuedOn: '2026-11-20',
  validUntil: '2027-02-18',
  contact: { name: '组织科', phone: '0755-12345678', postcode: '518000' },
}

/** The text of each page without blanks, by an independent parser. */
async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  const task = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 })
  const document = await task.promise
  const pages: string[] = []
  for (let at = 1; at <= document.numPages; at++) {
    const { items } = await (await document.getPage(at)).getTextContent()
    pages.push(
      items
        .map((item) => ('str' in item ? item.str : ''))
        .join('')
        .replace(/\s/g, ''),
    )
  }
  await task.destroy()
  return pages
}
const times = (text: string, part: string): number => text.split(part).length - 1

describe('letters of introduction', () => {
  it('hold stub, letter and receipt on one page each, the number in all three and across both cuts', async () => {
    const facts = { ...base, letters: [letter, { ...letter, number: '2026-0013', name: '王伟' }] }
    const pages = await pagesOf(await printForm({ kind: 'transfer_letters', format: 'pdf', facts }))
    expect(pages).toHaveLength(2)
    const [first = '', second = ''] = pages
    for (const part of [
      '（存根）',
      '（回执）',
      '党费已交至2026年10月',
      '有效期90天，至2027年2月18日止',
      '骑缝章',
      letter.to,
    ])
      expect(first).toContain(part)
    // Three heads, two cuts, and the receipt names the letter it answers.
    expect(times(first, '第2026-0012号')).toBe(6)
    expect(first).not.toContain('补打')
    expect(second).toContain('王伟')
  })

  it('say that they are printed again', async () => {
    const facts = { ...base, letters: [{ ...letter, reprint: 2 }] }
    const [page = ''] = await pagesOf(await printForm({ kind: 'transfer_letters', format: 'pdf', facts }))
    expect(page).toContain('补打（第2次）')
  })

  it('leave a place for the pen where nothing is known', async () => {
    const facts = { ...base, letters: [{ ...letter, duesPaidUntil: null, handler: null, contact: {} }] }
    const pages = await pagesOf(await printForm({ kind: 'transfer_letters', format: 'pdf', facts }))
    expect(pages).toHaveLength(1)
    expect(pages[0]).toContain('党费已交至。')
  })

  it('say nothing of dues for somebody on the way to membership, whose time counts on', async () => {
    const facts = { ...base, letters: [{ ...letter, standing: '入党积极分子', isMember: false, duesPaidUntil: null }] }
    const [page = ''] = await pagesOf(await printForm({ kind: 'transfer_letters', format: 'pdf', facts }))
    expect(page).toContain('培养教育时间连续计算')
    expect(page).not.toContain('党费')
  })

  it('are the same in Word, with a dashed line to cut along and a page for each', async () => {
    const facts = { ...base, letters: [letter, { ...letter, number: '2026-0013' }] }
    const parts = unzipSync(await printForm({ kind: 'transfer_letters', format: 'docx', facts }))
    const body = strFromU8(parts['word/document.xml'] ?? new Uint8Array())
    expect(times(body, 'w:val="dashed"')).toBe(4)
    expect(times(body, 'w:pageBreakBefore')).toBe(1)
    expect(body).toContain('买买提·吐尔逊')
  })
})

describe('receipts', () => {
  it('stand two on a page', async () => {
    const receipt = {
      number: '2026-0012',
      reprint: 0,
      name: '王伟',
      addressee: '中共东江大学委员会',
      place: '护理党支部',
      handler: '张丽',
      phone: null,
      receivedOn: '2026-11-25',
    }
    const facts = { ...base, receipts: [receipt, receipt, receipt] }
    const pages = await pagesOf(await printForm({ kind: 'transfer_receipts', format: 'pdf', facts }))
    expect(pages.map((page) => times(page, '特此回执'))).toEqual([2, 1])
    expect(pages[0]).toContain('2026年11月25日')
  })
})

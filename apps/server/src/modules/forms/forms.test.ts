import { strFromU8, unzipSync } from 'fflate'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { sampleBook } from './forms.composed.samples.ts'
import { closePrinter, printForm } from './forms.printer.ts'
import {
  nameAt,
  sampleAttendance,
  sampleMember,
  sampleMinutes,
  sampleNotice,
  sampleOrganisation,
  sampleRoster,
  sampleSlips,
} from './forms.samples.ts'
import type { PrintOrder } from './forms.types.ts'
import { groupedCode } from './pdf/slips.ts'
import { wrap, wrapEvenly } from './pdf/wrap.ts'

afterAll(closePrinter)

type Reading = {
  pages: string[]
  text: string
  sizes: [number, number][]
  title: string
  language: string | null
  raw: string
}

/** Reads a PDF with an independent parser; runs of one line are joined without their spaces. */
async function read(bytes: Uint8Array): Promise<Reading> {
  const raw = Buffer.from(bytes).toString('latin1')
  const task = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 })
  const document = await task.promise
  const pages: string[] = []
  const sizes: [number, number][] = []
  for (let at = 1; at <= document.numPages; at++) {
    const page = await document.getPage(at)
    const content = await page.getTextContent()
    pages.push(
      content.items
        .map((item) => ('str' in item ? item.str : ''))
        .join('')
        .replace(/\s/g, ''),
    )
    const [, , width = 0, height = 0] = page.view
    sizes.push([Math.round(width), Math.round(height)])
  }
  const { info } = await document.getMetadata()
  const facts = info as { Title?: string; Language?: string | null }
  await task.destroy()
  return { pages, text: pages.join(''), sizes, title: facts.Title ?? '', language: facts.Language ?? null, raw }
}

async function printPdf(order: PrintOrder): Promise<Reading> {
  const reading = await read(await printForm(order))
  expect(reading.raw.slice(0, 8)).toBe('%PDF-1.7')
  // Two subset cuts of one family, each with its file, and no other font named anywhere.
  const named = [...reading.raw.matchAll(/\/BaseFont \/([^\s/]+)/g)].map((match) => match[1] ?? '')
  expect(named.length).toBeGreaterThan(0)
  expect(named.every((name) => /^[A-Z]{6}\+NotoSerifSC-(Regular|Bold)$/.test(name))).toBe(true)
  expect(reading.raw.match(/\/FontFile2 /g)?.length).toBe(new Set(named).size)
  expect(reading.language).toBe('zh-CN')
  return reading
}

type Word = { text: string; body: string; footer: string; fonts: string; styles: string; names: string[] }

async function printWord(order: PrintOrder): Promise<Word> {
  const parts = unzipSync(await printForm(order))
  const part = (name: string): string => strFromU8(parts[name] ?? new Uint8Array())
  const body = part('word/document.xml')
  const names = Object.keys(parts)
  const footers = names.filter((name) => /^word\/footer\d+\.xml$/.test(name)).map(part)
  const text = [...body.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map((match) => match[1]).join('')
  return {
    text,
    body,
    footer: footers.join(''),
    fonts: part('word/fontTable.xml'),
    styles: part('word/styles.xml'),
    names,
  }
}

const stripped = (text: string): string => text.replace(/\s/g, '')

describe('attendance sheet', () => {
  it('fits three people on one page with the counts and room to sign', async () => {
    const { pages, text } = await printPdf({ kind: 'attendance_sheet', format: 'pdf', facts: sampleAttendance(3) })
    expect(pages).toHaveLength(1)
    for (const part of [
      '会议签到表',
      '应到3人',
      '实到1人',
      '请假1人',
      '缺席1人',
      '列席1人',
      '签名',
      '外出调研',
      '第1页共1页',
    ])
      expect(text).toContain(part)
    for (const at of [0, 1, 2]) expect(text).toContain(nameAt(at))
    expect(text).toContain('2026年11月19日14:30–16:10')
  })

  it('repeats its head on every page for eighty people and numbers the pages', async () => {
    const { pages, sizes } = await printPdf({ kind: 'attendance_sheet', format: 'pdf', facts: sampleAttendance(80) })
    expect(pages.length).toBeGreaterThanOrEqual(4)
    pages.forEach((page, at) => {
      expect(page).toContain('党员编号')
      expect(page).toContain(`第${at + 1}页共${pages.length}页`)
    })
    expect(sizes.every(([width, height]) => width === 595 && height === 842)).toBe(true)
  })

  it('leaves unknown counts to the pen', async () => {
    const counts = { expected: 3, present: null, onLeave: null, absent: null, observers: null }
    const { text } = await printPdf({
      kind: 'attendance_sheet',
      format: 'pdf',
      facts: { ...sampleAttendance(3), counts },
    })
    expect(text).toContain('应到3人实到人')
  })

  it('is a real Word table with a repeated head, page fields and named Chinese fonts', async () => {
    const word = await printWord({ kind: 'attendance_sheet', format: 'docx', facts: sampleAttendance(80) })
    expect(word.text).toContain('陈䶮')
    expect(word.body).toContain('<w:tblHeader/>')
    expect(word.body.match(/<w:tr>|<w:tr /g)?.length).toBe(5 + 1 + 1 + 80 + 1 + 1)
    expect(word.footer).toContain('NUMPAGES')
    expect(word.styles).toContain('w:eastAsia="宋体"')
    expect(word.fonts).toContain('<w:altName w:val="SimSun;')
    expect(word.names.filter((name) => name.includes('vba'))).toEqual([])
  })
})

describe('minutes', () => {
  it('print counts, votes with the article, signatures and errata', async () => {
    const { text, pages } = await printPdf({ kind: 'minutes', format: 'pdf', facts: sampleMinutes(2) })
    expect(pages).toHaveLength(2)
    for (const part of [
      '会议记录',
      '请假人员陈䶮（外出调研）',
      '赞成9票，反对0票，弃权1票。',
      '表决结果：通过。',
      '《中国共产党支部工作条例（试行）》第十一条',
      '主持人签名：欧阳文静2026年11月20日',
      '书记签名：年月日',
      '勘误',
      '更正原因：记录时漏写一字',
    ])
      expect(text).toContain(part)
  })

  it('continue a long discussion over pages without losing a word', async () => {
    const facts = sampleMinutes(60)
    const { text, pages } = await printPdf({ kind: 'minutes', format: 'pdf', facts })
    expect(pages.length).toBeGreaterThan(4)
    // Foot and running head come between the lines of a paragraph that crosses a page.
    const flow = text.replaceAll(/第\d+页共\d+页/g, '').replaceAll('2026年第四季度支部党员大会会议记录', '')
    expect(flow.split('两条腿走路').length - 1).toBe(60)
  })

  it('say the same in Word', async () => {
    const { text, body } = await printWord({ kind: 'minutes', format: 'docx', facts: sampleMinutes(2) })
    for (const part of ['赞成 9 票，反对 0 票，弃权 1 票。', '第十一条', '书记签名：', '勘误'])
      expect(text).toContain(part)
    expect(body).toContain('w:firstLine="480"')
  })

  it('print nine pictures with their captions on one page of A4, and name them in Word', async () => {
    const made = async (at: number) => ({
      caption: `第${at + 1}张：${at === 0 ? '支部党员大会会场全景，全体党员面向党旗' : '表决'}`,
      bytes: await sharp({ create: { width: 400, height: at % 2 ? 300 : 600, channels: 3, background: '#567' } })
        .jpeg()
        .toBuffer(),
      width: 400,
      height: at % 2 ? 300 : 600,
    })
    const photos = await Promise.all(Array.from({ length: 9 }, (_, at) => made(at)))
    const facts = { ...sampleMinutes(1), photos }
    const { pages, raw } = await printPdf({ kind: 'minutes', format: 'pdf', facts })
    const [page, ...others] = pages.filter((text) => text.includes('会议照片'))
    expect(others).toEqual([])
    for (const at of [1, 5, 9]) expect(page).toContain(`第${at}张：`)
    expect(raw.match(/\/Subtype \/Image/g)?.length).toBeGreaterThanOrEqual(2)
    const { body } = await printWord({ kind: 'minutes', format: 'docx', facts })
    expect(body.match(/descr="第\d张：/g)).toHaveLength(9)
  })

  it('print in English when asked', async () => {
    const bytes = await printForm({ kind: 'minutes', format: 'pdf', facts: { ...sampleMinutes(1), language: 'en' } })
    const { text, language } = await read(bytes)
    expect(text).toContain('9infavour,0against,1abstained')
    expect(language).toBe('en')
  })
})

describe('meeting notice', () => {
  it('is one page of an official letter in both formats', async () => {
    const { text, pages, title } = await printPdf({ kind: 'meeting_notice', format: 'pdf', facts: sampleNotice() })
    expect(pages).toHaveLength(1)
    expect(title).toBe('关于召开2026年第四季度支部党员大会的通知')
    for (const part of [
      '东大计党支〔2026〕4号',
      '支部各位党员：',
      '一、会议时间',
      '四、会议议程',
      '（2）讨论接收',
      '2026年11月12日',
    ])
      expect(text).toContain(part)
    const word = await printWord({ kind: 'meeting_notice', format: 'docx', facts: sampleNotice() })
    expect(word.body).toContain('w:eastAsia="仿宋"')
    expect(stripped(word.text)).toContain('一、会议时间：2026年11月19日14:30–16:10')
  })

  it('never leaves issuer and date alone on a page', async () => {
    const facts = sampleNotice()
    for (let more = 0; more < 14; more++) {
      const longer = {
        ...facts,
        requirements: [...facts.requirements, ...Array.from({ length: more }, () => '请带学习笔记。')],
      }
      const { pages } = await printPdf({ kind: 'meeting_notice', format: 'pdf', facts: longer })
      expect(stripped(pages.at(-1) ?? '')).toContain('联系人：王伟')
    }
  })
})

describe('activation slips', () => {
  it('print a cover without codes and eight cards a page', async () => {
    const { pages } = await printPdf({ kind: 'activation_slips', format: 'pdf', facts: sampleSlips(11) })
    expect(pages).toHaveLength(3)
    expect(pages[0]).toContain('账号激活卡发放清单')
    expect(pages[0]).not.toContain('K7QX')
    expect(pages[1]?.split('K7QX2M9PTR4W').length).toBe(9)
    expect(pages[2]?.split('K7QX2M9PTR4W').length).toBe(4)
    expect(pages[1]).toContain('有效期至：2026年12月3日23:59')
    expect(pages[1]).toContain('3.设置自己的密码，即可登录')
  })

  it('show codes in groups of four however they were written', () => {
    expect(groupedCode('K7QX2M9PTR4W')).toBe('K7QX 2M9P TR4W')
    expect(groupedCode('k7qx-2m9p tr')).toBe('k7qx 2m9p tr')
  })
})

describe('member roster', () => {
  it('is landscape, one page for three members, with a repeated head for eighty', async () => {
    const three = await printPdf({ kind: 'member_roster', format: 'pdf', facts: sampleRoster(3) })
    expect(three.sizes).toEqual([[842, 595]])
    const eighty = await printPdf({ kind: 'member_roster', format: 'pdf', facts: sampleRoster(80) })
    expect(eighty.pages.length).toBeGreaterThan(4)
    expect(eighty.pages.every((page) => page.includes('公民身份号码'))).toBe(true)
    expect(eighty.text.split('440***********1234').length).toBe(81)
    const cover = { formal: 3, probationary: 0, branches: 2 }
    const behind = await printPdf({ kind: 'member_roster', format: 'pdf', facts: { ...sampleRoster(3), cover } })
    expect(behind.pages).toHaveLength(2)
    for (const words of ['党员花名册', '正式党员3人', '负责人']) expect(behind.pages[0]).toContain(words)
    expect(behind.pages[0]).not.toContain('440***********1234')
  })

  it('is landscape in Word too', async () => {
    const { body, text } = await printWord({ kind: 'member_roster', format: 'docx', facts: sampleRoster(3) })
    expect(body).toContain('w:orient="landscape"')
    expect(Number(/<w:pgSz w:w="(\d+)"/.exec(body)?.[1])).toBeGreaterThan(16000)
    expect(text).toContain('李㛃')
  })
})

describe('member information form', () => {
  it('shows what is known, a portrait and room for the rest', async () => {
    const photo = await sharp({ create: { width: 250, height: 350, channels: 3, background: '#8899aa' } })
      .jpeg()
      .toBuffer()
    const order = { kind: 'member_form', format: 'pdf', facts: sampleMember(new Uint8Array(photo)) } as const
    const { text, raw, pages } = await printPdf(order)
    expect(pages).toHaveLength(2)
    expect(raw).toContain('/Subtype /Image')
    for (const part of [
      '党员信息采集表',
      '买买提·吐尔逊',
      '653***********1234',
      '入党介绍人',
      '本人签名：年月日',
      '（盖章）',
    ])
      expect(text).toContain(part)
    const word = await printWord({ ...order, format: 'docx' })
    expect(word.names.some((name) => /^word\/media\/.+\.jpg$/.test(name))).toBe(true)
    expect(word.body).toContain('<w:vMerge w:val="restart"/>')
  })

  it('asks for a portrait where there is none', async () => {
    const { text } = await printPdf({ kind: 'member_form', format: 'pdf', facts: sampleMember() })
    expect(text).toContain('照片')
  })
})

describe('organisation: basic facts', () => {
  it('prints facts, counts, committee and changes on one page in both formats', async () => {
    const order = { kind: 'organisation_form', format: 'pdf', facts: sampleOrganisation() } as const
    const { text, pages } = await printPdf(order)
    expect(pages).toHaveLength(1)
    for (const part of ['党组织基本情况表', '东大党字〔2011〕18号', '2024.06.01–2027.05.31', '组织委员'])
      expect(text).toContain(part)
    expect((await printWord({ ...order, format: 'docx' })).text).toContain('班子成员')
  })
})

describe('contents', () => {
  it('say on which page each part begins, and lead to it', async () => {
    const entries = 40
    const order = { kind: 'paper', format: 'pdf', facts: sampleBook(entries) } as const
    const { pages, raw } = await printPdf(order)
    const begun = Array.from(
      { length: entries },
      (_, at) => 1 + pages.findIndex((page) => page.includes(`记录之${at + 1}。`)),
    )
    expect(begun[0]).toBe(2)
    const said = pages.map((page) => /(\d+)第\d+页共/.exec(page)?.[1] ?? '')
    expect(said.join('')).toBe(begun.join(''))
    expect(raw.match(/\/Subtype \/Link/g)).toHaveLength(entries)
    const { body } = await printWord({ ...order, format: 'docx' })
    expect(body.match(/PAGEREF entry-/g)).toHaveLength(entries)
    expect(body.match(/<w:bookmarkStart /g)).toHaveLength(entries)
  })
})

describe('text that does not behave', () => {
  it('shows 〓 for a character without a shape and drops controls and marks', async () => {
    const people = sampleAttendance(1).people.map((person) => ({ ...person, name: 'A\u0000\u202e王😀\ufe0f' }))
    const order = { kind: 'attendance_sheet', format: 'pdf', facts: { ...sampleAttendance(1), people } } as const
    expect((await printPdf(order)).text).toContain('A王〓')
    expect((await printWord({ ...order, format: 'docx' })).body).not.toContain('\u0000')
  })

  it('splits a cell longer than a page over pages', async () => {
    const changes = [{ on: '2020-01-01', what: '更名'.repeat(4000), documentNumber: null }]
    const { text, pages } = await printPdf({
      kind: 'organisation_form',
      format: 'pdf',
      facts: { ...sampleOrganisation(), changes },
    })
    expect(pages.length).toBeGreaterThan(4)
    expect(text.split('更').length).toBeGreaterThan(4000)
  })

  it('keeps punctuation off the start of a line and words in one piece', () => {
    const ten = (text: string): number => [...text].length * 10
    expect(wrap('一二三四，五六', 40, ten).map((line) => line.text)).toEqual(['一二三', '四，五六'])
    expect(wrap('一二（三四', 30, ten).map((line) => line.text)).toEqual(['一二', '（三四'])
    expect(wrap('在 Tongxin', 80, ten).map((line) => line.text)).toEqual(['在', 'Tongxin'])
    expect(
      wrap('abcdefgh', 30, ten)
        .map((line) => line.text)
        .join(''),
    ).toBe('abcdefgh')
    expect(wrapEvenly('博士研究生', 40, ten).map((line) => line.text)).toEqual(['博士研', '究生'])
  })
})

describe('the printer', () => {
  it('refuses a list that is too long for paper, naming the limit', async () => {
    const order = { kind: 'member_roster', format: 'pdf', facts: sampleRoster(2001) } as const
    await expect(printForm(order)).rejects.toMatchObject({
      code: 'forms.too_long',
      detail: { rows: 2001, limit: 2000 },
    })
  })

  it('rejects an order that cannot be rendered and prints the next one', async () => {
    const broken = {
      kind: 'minutes',
      format: 'pdf',
      facts: { ...sampleMinutes(1), meeting: null },
    } as unknown as PrintOrder
    await expect(printForm(broken)).rejects.toThrow()
    const { pages } = await printPdf({ kind: 'minutes', format: 'pdf', facts: sampleMinutes(1) })
    expect(pages.length).toBeGreaterThan(0)
  })

  it('leaves the event loop free while it prints two thousand rows', async () => {
    let longest = 0
    let before = performance.now()
    const pulse = setInterval(() => {
      const now = performance.now()
      longest = Math.max(longest, now - before)
      before = now
    }, 5)
    const bytes = await printForm({ kind: 'member_roster', format: 'pdf', facts: sampleRoster(2000) })
    clearInterval(pulse)
    expect(bytes.length).toBeGreaterThan(100_000)
    expect(longest).toBeLessThan(500)
  })

  it('rejects what is under way when it is closed and starts again when asked', async () => {
    const cut = printForm({ kind: 'member_roster', format: 'pdf', facts: sampleRoster(2000) })
    const closed = closePrinter()
    await expect(cut).rejects.toThrow('ended')
    await closed
    expect((await printForm({ kind: 'meeting_notice', format: 'docx', facts: sampleNotice() })).length).toBeGreaterThan(
      1000,
    )
  })
})

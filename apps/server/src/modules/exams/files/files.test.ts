import { beforeAll, describe, expect, it } from 'vitest'
import { type Keepers, keepersOf, question } from '../../../test/exam-cases.ts'
import { type Answer, type Fixture, openFixture } from '../../../test/fixture.ts'
import { readGift } from './gift.ts'
import { readQti } from './qti.ts'
import { questionWorkbook } from './workbook.ts'

const defaults = { topic: '导入', difficulty: 'medium' } as const
const drafts = (found: ReturnType<typeof readGift>) => found.flatMap((one) => ('draft' in one ? [one.draft] : []))
const faults = (found: ReturnType<typeof readGift>) =>
  found.flatMap((one) => ('fault' in one ? [[one.place, one.fault]] : []))

const GIFT = `// a bank
$CATEGORY: $course$/党章

::一:: 预备期多长？ { ~半年 =一年 ~两年 #### 第七条 }

::二:: “三会”是哪些？ {
  ~%50%支部党员大会
  ~%50%党小组会

  ~%-100%职工大会
}

::三:: 党费按月交纳。{T}

党员____人以上可成立支部。{=3 =三}

谈谈认识。{}

::坏:: 少一个括号 { =甲 ~乙

配对 { =甲 -> 一 =乙 -> 二 =丙 -> 三 }
`

describe('GIFT', () => {
  it('names what it cannot read and takes the rest', () => {
    const found = readGift(GIFT, defaults)
    expect(faults(found)).toEqual([
      [5, 'key_missing'],
      [6, 'syntax'],
      [7, 'unsupported'],
    ])
    expect(drafts(found)).toMatchObject([
      { kind: 'single', topic: '党章', key: { choices: [1] }, explanation: '第七条' },
      { kind: 'multiple', key: { choices: [0, 1] } },
      { kind: 'truth', key: { choices: [0] } },
      { kind: 'blank', body: { stem: '党员____人以上可成立支部。' } },
    ])
  })
})

const QTI12 = `<?xml version="1.0"?><questestinterop><assessment><section>
<item ident="a" title="一"><presentation><material><mattext texttype="text/html">&lt;p&gt;预备期多长？&lt;/p&gt;</mattext></material>
<response_lid ident="r" rcardinality="Single"><render_choice>
<response_label ident="1"><material><mattext>半年</mattext></material></response_label>
<response_label ident="2"><material><mattext>一年</mattext></material></response_label></render_choice></response_lid></presentation>
<resprocessing><respcondition><conditionvar><varequal respident="r">2</varequal></conditionvar><setvar action="Set">100</setvar></respcondition></resprocessing></item>
<item ident="b" title="二"><presentation><material><mattext>填数</mattext></material><response_str ident="r" rcardinality="Single"><render_fib/></response_str></presentation>
<resprocessing><respcondition><conditionvar><varequal respident="r">3</varequal></conditionvar><setvar action="Set">100</setvar></respcondition></resprocessing></item>
<item ident="c" title="配对"><presentation><material><mattext>配对</mattext></material><response_grp ident="r"/></presentation></item>
</section></assessment></questestinterop>`

const QTI2 = `<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="q" title="t">
<responseDeclaration identifier="R" cardinality="multiple" baseType="identifier"><correctResponse><value>A</value><value>C</value></correctResponse></responseDeclaration>
<itemBody><p>“三会”有哪些？</p><choiceInteraction responseIdentifier="R" shuffle="true" maxChoices="0"><prompt>可多选</prompt>
<simpleChoice identifier="A">支部党员大会</simpleChoice><simpleChoice identifier="B">职工大会</simpleChoice><simpleChoice identifier="C">党小组会</simpleChoice></choiceInteraction></itemBody></assessmentItem>`

describe('QTI', () => {
  it('is read in 1.2: choices, gaps, and a name for what the bank does not have', () => {
    const found = readQti(Buffer.from(QTI12), defaults)
    expect(faults(found)).toEqual([[3, 'unsupported']])
    expect(drafts(found)).toMatchObject([
      { kind: 'single', body: { stem: '预备期多长？', options: ['半年', '一年'] }, key: { choices: [1] } },
      { kind: 'blank', body: { stem: '填数 ____' }, key: { blanks: [['3']] } },
    ])
  })
  it('is read in 2.1 with its own words for right', () => {
    expect(drafts(readQti(Buffer.from(QTI2), defaults))).toMatchObject([
      { kind: 'multiple', body: { stem: '“三会”有哪些？\n可多选' }, key: { choices: [0, 2] } },
    ])
  })
})

it('takes for right in GIFT what has all of the points', () => {
  const partly = '难题 { ~错 ~%50%一半 =全对 }\n\n何地 { =延安 =%75%廷安 }\n\n两位 { ~%50%甲 ~%50%乙 ~%-100%丙 }'
  expect(drafts(readGift(partly, defaults)).map(({ kind, key }) => [kind, key.choices, key.blanks])).toEqual([
    ['single', [2], []],
    ['blank', [], [['延安']]],
    ['multiple', [0, 1], []],
  ])
})

/** As others write them: several answers in one item, a range, a formula, a picture, feedback inside an option. */
const item12 = (inner: string, more = ''): string =>
  `<questestinterop><item ident="x" title="t"><presentation><material><mattext>问</mattext></material>${inner}</presentation><resprocessing><respcondition><conditionvar><varequal respident="r">1</varequal>${more}</conditionvar><setvar>100</setvar></respcondition></resprocessing></item></questestinterop>`
const FIB = '<response_str ident="r"><render_fib/></response_str>'
const item2 = (body: string, more = ''): string =>
  `<assessmentItem identifier="q" title="t">${more}<responseDeclaration identifier="R" cardinality="single"><correctResponse><value>A</value></correctResponse></responseDeclaration><itemBody>${body}</itemBody></assessmentItem>`
const CHOICE = `<choiceInteraction responseIdentifier="R"><prompt>选哪个？</prompt><simpleChoice identifier="A">甲<feedbackInline identifier="A">答对了</feedbackInline></simpleChoice><simpleChoice identifier="B">乙</simpleChoice></choiceInteraction>`

describe('QTI of other systems', () => {
  it('is named and never guessed where one answer cannot hold it', () => {
    const faultOf = (xml: string) => faults(readQti(Buffer.from(xml), defaults))[0]?.[1]
    expect(faultOf(item12(FIB + FIB))).toBe('unsupported')
    expect(faultOf(item12(FIB, '<vargte respident="r">0.5</vargte>'))).toBe('unsupported')
    expect(faultOf(item12('<material><matimage uri="a.png"/></material>' + FIB))).toBe('has_picture')
    expect(faultOf(item12('<material><mattext>&lt;img src="a.png"&gt;</mattext></material>' + FIB))).toBe('has_picture')
    expect(faultOf(item2(`${CHOICE}<textEntryInteraction responseIdentifier="S"/>`))).toBe('unsupported')
    expect(faultOf(item2(CHOICE, '<templateDeclaration identifier="N"/>'))).toBe('unsupported')
    expect(faultOf(item2(`<p><img src="a.png" alt=""/></p>${CHOICE}`))).toBe('has_picture')
  })

  it('keeps what is told afterwards out of options and stem', () => {
    const solved = '<feedbackBlock identifier="S"><p>答案是甲</p></feedbackBlock>'
    expect(drafts(readQti(Buffer.from(item2(CHOICE + solved)), defaults))).toMatchObject([
      { body: { stem: '选哪个？', options: ['甲', '乙'] }, key: { choices: [0] } },
    ])
  })
})

describe('importing', () => {
  let f: Fixture
  let keepers: Keepers
  const codeOf = ({ body }: Answer): unknown => (body as { code?: string }).code
  beforeAll(async () => {
    f = await openFixture()
    keepers = await keepersOf(f)
  }, 60_000)
  const send = (name: string, bytes: Buffer, mode: string, topic = '导入') =>
    keepers.writer.send(
      'POST',
      `/exam-question-imports?${new URLSearchParams({ fileName: name, mode, orgId: f.orgs.committee.id, topic })}`,
      bytes,
      { 'content-type': 'application/octet-stream' },
    )

  it('refuses what is empty, broken or of no known format', async () => {
    expect(codeOf(await send('a.txt', Buffer.alloc(0), 'check'))).toBe('exams.file_empty')
    expect(codeOf(await send('a.doc', Buffer.from('x'), 'check'))).toBe('exams.file_unknown')
    expect(codeOf(await send('a.xml', Buffer.from('<item><presentation>'), 'check'))).toBe('exams.file_broken')
    const many = Array.from({ length: 2001 }, (_, at) => `第 ${at} 题。{T}\n\n`).join('')
    expect(codeOf(await send('a.gift', Buffer.from(many), 'check'))).toBe('exams.too_many_rows')
    expect(codeOf(await send('a.gift', Buffer.alloc(10 * 1024 * 1024 + 1, 'x'), 'check'))).toBe('exams.file_too_large')
    expect(codeOf(await send('a.zip', Buffer.from('PK\x03\x04 no zip'), 'check'))).toBe('exams.file_broken')
  })

  it('checks without writing, writes once, and knows what it has', async () => {
    const checked = await send('bank.gift', Buffer.from(GIFT), 'check')
    expect(checked.body).toMatchObject({ format: 'gift', good: 4, written: 0 })
    expect((await send('bank.gift', Buffer.from(GIFT), 'write')).body).toMatchObject({ written: 4 })
    expect((await send('bank.gift', Buffer.from(GIFT), 'write')).body).toMatchObject({
      good: 0,
      repeated: 4,
      written: 0,
    })
  })

  it('reads the workbook that it writes', async () => {
    const kinds = ['single', 'multiple', 'truth', 'blank', 'short'] as const
    const rows = kinds.map((kind, at) => ({ draft: question(kind, 50 + at) as never, state: 'live' as const, no: 1 }))
    for (const language of ['zh-CN', 'en'] as const) {
      const book = await questionWorkbook(rows, language)
      const { body } = await send('bank.xlsx', book, 'check')
      expect(body).toMatchObject({
        format: 'xlsx',
        good: 5,
        faults: [],
        shown: rows.map(({ draft }) => ({ key: (draft as { key: object }).key })),
      })
    }
  })
})

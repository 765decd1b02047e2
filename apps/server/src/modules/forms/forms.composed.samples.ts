import { nameAt } from './forms.samples.ts'
import type { Paper, Register, TransferLetters, TransferReceipts } from './forms.types.ts'

/** Invented facts of the forms that other modules compose: registers, papers, letters of transfer. */
const base = { organisation: '中共东江大学委员会', printedAt: '2026-11-20T01:00:00Z' }
const LONGEST = '阿卜杜热西提·麦麦提依明·买买提艾力·吐尔逊江·阿布都克里木'
const FAR = '中共滨海市云岭区街道工作委员会人才服务中心第二联合支部委员会'

export function sampleLetters(count: number): TransferLetters {
  return {
    ...base,
    letters: Array.from({ length: count }, (_, at) => ({
      number: `2026-${String(at + 1).padStart(4, '0')}`,
      reprint: at === 1 ? 1 : 0,
      name: at === 0 ? LONGEST : nameAt(at),
      standing: '中共正式党员',
      isMember: true,
      from: '计算机学院教工第一党支部',
      to: FAR,
      committee: '中共东江大学委员会',
      reason: '工作调动',
      handler: '欧阳文静',
      duesPaidUntil: '2026-10',
      validDays: 90,
      issuedOn: '2026-11-20',
      validUntil: '2027-02-18',
      contact: { name: '组织科', phone: '0755-12345678', postcode: '518000', address: '滨海市云岭区学苑路 1 号' },
    })),
  }
}

export const sampleReceipts = (): TransferReceipts => ({
  ...base,
  receipts: [
    {
      number: '2026-0001',
      reprint: 0,
      name: LONGEST,
      addressee: '中共东江大学委员会',
      place: FAR,
      handler: '赵群',
      phone: '0755-87654321',
      receivedOn: '2026-12-01',
    },
  ],
})

/** In the shape of the full record (全程记实表): particulars, a long register, opinions, signatures. */
export const samplePaper = (steps: number): Paper => ({
  ...base,
  title: '发展党员全程记实表',
  style: 'record',
  blocks: [
    {
      kind: 'particulars',
      pairs: [
        ['姓名', LONGEST],
        ['党组织', '计算机学院本科生党支部'],
        ['申请日期', '2023-10-09'],
        ['培养联系人', '陈䶮、李㛃'],
      ],
    },
    { kind: 'heading', text: '入党积极分子的确定和培养教育' },
    {
      kind: 'register',
      columns: [
        { header: '序号', width: 1 },
        { header: '步骤', width: 3 },
        { header: '日期', width: 2 },
        { header: '内容', width: 5, isLong: true },
      ],
      rows: Array.from({ length: steps }, (_, at) => [
        String(at + 1),
        '支部委员会讨论确定发展对象',
        '2025-03-20',
        '应到会有表决权的正式党员 20 人，实到 17 人，赞成 17 人；同意列为发展对象。'.repeat(2),
      ]),
    },
    { kind: 'opinions', rows: [['支部大会决议', '同意接收为预备党员。']] },
    { kind: 'signatures', lines: [{ label: '党支部负责人', value: '', date: '' }] },
  ],
})

/** A wide list that turns the page: floating members. */
export const sampleRegister = (rows: number): Register => ({
  ...base,
  title: '流动党员登记表',
  subtitle: base.organisation,
  columns: ['姓名', '党组织', '去向', '开始日期', '下次联系'].map((header, at) => ({
    header,
    width: at === 0 ? 3 : 2,
  })),
  rows: Array.from({ length: rows }, (_, at) => [
    at === 0 ? LONGEST : nameAt(at),
    '计算机学院本科生党支部',
    '滨海市云岭区',
    '2026-06-01',
    '2026-12-01',
  ]),
})

/** In the shape of the record book of a branch: contents with page numbers, and texts of different length. */
export const sampleBook = (entries: number): Paper => ({
  ...base,
  title: '2026 年会议记录本',
  style: 'record',
  blocks: [
    {
      kind: 'register',
      columns: [
        { header: '会议名称', width: 80, isLong: true },
        { header: '页码', width: 20 },
      ],
      rows: Array.from({ length: entries }, (_, at) => [`第${at + 1}次会议`, { pageOf: `entry-${at}` }]),
    },
    ...Array.from({ length: entries }, (_, at) => [
      { kind: 'subtitle' as const, text: `记录之${at + 1}。`, name: `entry-${at}` },
      ...Array.from({ length: 1 + ((at * 7) % 30) }, () => ({ kind: 'paragraph' as const, text: '会议研究了工作。' })),
    ]).flat(),
  ],
})

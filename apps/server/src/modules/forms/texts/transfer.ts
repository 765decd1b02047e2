import type { FormLanguage } from '../forms.types.ts'

type LetterWords = { readonly name: string; readonly standing: string; readonly from: string; readonly to: string }
/** Words of the letter of introduction in three parts and of its receipt. A working form of our own layout. */
export type TransferTexts = {
  readonly title: string
  readonly stub: string
  readonly receipt: string
  readonly caseTitle: string
  readonly caseStub: string
  readonly caseBody: (words: LetterWords) => string
  readonly number: (number: string) => string
  readonly reprint: (times: number) => string
  readonly cut: (number: string) => string
  readonly stubBody: (words: LetterWords) => string
  readonly body: (words: LetterWords) => string
  readonly dues: (month: string) => string
  readonly validity: (days: number | null, until: string) => string
  readonly receiptBody: (words: { readonly name: string; readonly number: string; readonly place: string }) => string
  readonly reason: string
  readonly handler: string
  readonly contact: string
  readonly phone: string
  readonly fax: string
  readonly postcode: string
  readonly address: string
  readonly validUntil: string
  readonly issuedOn: string
  readonly receivedOn: string
  readonly keep: string
  readonly blank: string
}

const zh: TransferTexts = {
  title: '党员组织关系介绍信',
  stub: '党员组织关系介绍信（存根）',
  receipt: '党员组织关系介绍信（回执）',
  caseTitle: '培养教育关系转接信',
  caseStub: '培养教育关系转接信（存根）',
  caseBody: ({ name, standing, from, to }) =>
    `兹有${name}同志，系${standing}，由${from}转至${to}，请接续培养教育，培养教育时间连续计算。`,
  number: (number) => `第 ${number} 号`,
  reprint: (times) => `补打（第 ${times} 次）`,
  cut: (number) => `沿此线裁开　·　第 ${number} 号　·　（骑缝章）`,
  stubBody: ({ name, standing, from, to }) => `${name}同志系${standing}，组织关系由${from}转至${to}。`,
  body: ({ name, standing, from, to }) => `兹有${name}同志，系${standing}，由${from}转至${to}，请转接组织关系。`,
  dues: (month) => `该同志党费已交至${month}。`,
  validity: (days, until) => `（本介绍信有效期 ${days ?? '　　'} 天，至 ${until} 止）`,
  receiptBody: ({ name, number, place }) =>
    `你处第 ${number} 号介绍信收悉，${name}同志的组织关系已转接到${place}，特此回执。`,
  reason: '转接原因',
  handler: '经办人',
  contact: '联系人',
  phone: '联系电话',
  fax: '传真',
  postcode: '邮政编码',
  address: '通讯地址',
  validUntil: '有效期至',
  issuedOn: '开具日期',
  receivedOn: '接收日期',
  keep: '存根由开具单位留存十年。',
  blank: '　　　　　　　　',
}

const en: TransferTexts = {
  title: 'Letter of introduction for a member’s relation',
  stub: 'Letter of introduction (stub)',
  receipt: 'Letter of introduction (receipt)',
  caseTitle: 'Letter for the education of a candidate',
  caseStub: 'Letter for the education of a candidate (stub)',
  caseBody: ({ name, standing, from, to }) =>
    `This introduces ${name}, ${standing}, who goes from ${from} to ${to}. Please go on with the education; the time counts on.`,
  number: (number) => `No. ${number}`,
  reprint: (times) => `Reprint no. ${times}`,
  cut: (number) => `cut here · No. ${number} · (seal across the line)`,
  stubBody: ({ name, standing, from, to }) => `${name}, ${standing}: the relation goes from ${from} to ${to}.`,
  body: ({ name, standing, from, to }) =>
    `This introduces ${name}, ${standing}, who goes from ${from} to ${to}. Please take over the relation.`,
  dues: (month) => `Dues are paid until ${month}.`,
  validity: (days, until) => `(This letter holds for ${days ?? '    '} days, until ${until}.)`,
  receiptBody: ({ name, number, place }) =>
    `Your letter no. ${number} has arrived. The relation of ${name} has been taken over by ${place}.`,
  reason: 'Reason',
  handler: 'Handled by',
  contact: 'Contact',
  phone: 'Telephone',
  fax: 'Fax',
  postcode: 'Postcode',
  address: 'Address',
  validUntil: 'Holds until',
  issuedOn: 'Issued on',
  receivedOn: 'Received on',
  keep: 'The issuing organisation keeps the stub for ten years.',
  blank: '                ',
}

export const transferTextsOf = (language: FormLanguage | undefined): TransferTexts => (language === 'en' ? en : zh)

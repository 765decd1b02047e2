import type { Confidence, Rule, Severity, Text } from '../verdict.ts'

/** The instruments that rules cite. */
const INSTRUMENTS = {
  constitution: ['《中国共产党章程》', 'Constitution of the Communist Party of China'],
  admission: ['《中国共产党发展党员工作细则》（2026年修订）', 'Detailed Rules on Admitting Party Members (2026)'],
  dues: [
    '《关于中国共产党党费收缴、使用和管理的规定》（2008年）',
    'Provisions on Collecting, Using and Managing Party Dues (2008)',
  ],
  dues2017: ['《关于进一步规范党费工作的通知》（2017年）', 'Notice on Further Regulating Party Dues (2017)'],
  elections: [
    '《中国共产党基层组织选举工作条例》（2020年）',
    'Regulations on Elections in Primary Party Organisations (2020)',
  ],
  terms: ['《关于党的基层组织任期的意见》（2018年）', 'Opinions on the Terms of Primary Party Organisations (2018)'],
  branch: ['《中国共产党支部工作条例（试行）》（2018年）', 'Regulations on the Work of Party Branches (trial, 2018)'],
  education: [
    '《中国共产党党员教育管理工作条例》（2019年）',
    'Regulations on Educating and Managing Party Members (2019)',
  ],
  trainingPlan: ['《全国党员教育培训工作规划》', 'National Plan for Educating and Training Party Members'],
  discipline: ['《中国共产党纪律处分条例》（2023年修订）', 'Regulations on Disciplinary Action (2023)'],
  enterprise: [
    '《中国共产党国有企业基层组织工作条例（试行）》',
    'Regulations on Primary Party Organisations in State-owned Enterprises (trial)',
  ],
  appraisal: ['民主评议党员工作通知', 'yearly notices on the democratic appraisal of members'],
  floating: [
    '《关于进一步加强和改进流动党员管理工作的意见》',
    'Opinions on Strengthening the Management of Floating Party Members',
  ],
  openness: ['《中国共产党党务公开条例（试行）》（2017年）', 'Regulations on Openness in Party Affairs (trial, 2017)'],
  petitions: ['《信访工作条例》（2022年）', 'Regulations on Petition Work (2022)'],
  privacy: ['《中华人民共和国个人信息保护法》', 'Personal Information Protection Law'],
  networkData: ['《网络数据安全管理条例》（2024年）', 'Network Data Security Regulations (2024)'],
  cyber: ['《中华人民共和国网络安全法》', 'Cybersecurity Law'],
  cryptoLaw: ['《中华人民共和国密码法》', 'Cryptography Law'],
  civilCode: ['《中华人民共和国民法典》', 'Civil Code'],
} as const satisfies Record<string, readonly [zh: string, en: string]>

export type Instrument = keyof typeof INSTRUMENTS

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

function chineseOrdinal(n: number): string {
  const hundreds = Math.floor(n / 100)
  const tens = Math.floor((n % 100) / 10)
  const ones = DIGITS[n % 10] ?? ''
  if (hundreds > 0) {
    const thousands = Math.floor(hundreds / 10)
    const head = thousands > 0 ? `${DIGITS[thousands]}千${DIGITS[hundreds % 10]}百` : `${DIGITS[hundreds]}百`
    if (tens > 0) return `${head}${DIGITS[tens]}十${ones}`
    return ones ? `${head}零${ones}` : head
  }
  if (tens === 0) return ones
  return `${tens === 1 ? '' : DIGITS[tens]}十${ones}`
}

/** A citation; without articles when their numbers are unconfirmed, because none may be invented. */
export function cite(instrument: Instrument, ...articles: number[]): Text {
  const [zh, en] = INSTRUMENTS[instrument]
  if (articles.length === 0) return { zh, en }
  const label = articles.length === 1 ? 'art.' : 'arts'
  return {
    zh: `${zh}${articles.map((n) => `第${chineseOrdinal(n)}条`).join('、')}`,
    en: `${en}, ${label} ${articles.join(', ')}`,
  }
}

/** Several citations as one. */
export function cites(...citations: Text[]): Text {
  return { zh: citations.map((c) => c.zh).join('；'), en: citations.map((c) => c.en).join('; ') }
}

/** A source that is no regulation: practice, a question-and-answer page, a technical standard. */
export function source(zh: string, en: string): Text {
  return { zh, en }
}

export type Row = readonly [zh: string, en: string, citation: Text, confidence: Confidence, severity: Severity]

/** A table of rules from its rows, keyed by rule id. */
export function rulesFrom<Id extends string>(rows: Record<Id, Row>): Record<Id, Rule> {
  const table: Partial<Record<Id, Rule>> = {}
  for (const id of Object.keys(rows) as Id[]) {
    const [zh, en, citation, confidence, severity] = rows[id]
    table[id] = { id, text: { zh, en }, citation, confidence, severity }
  }
  // Every key of `rows` has just been set.
  return table as Record<Id, Rule>
}

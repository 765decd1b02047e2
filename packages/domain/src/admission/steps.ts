import type { Text } from '../verdict.ts'
import type { AdmissionEdition } from './edition.ts'

export type AdmissionStage = 'application' | 'activist' | 'object' | 'admission' | 'probation'

export type AdmissionStep = {
  number: number
  stage: AdmissionStage
  name: Text
  /** Articles of the rules of 2026. */
  articles: readonly number[]
  /** Rules that govern the step; empty when none is computed. */
  ruleIds: readonly string[]
}

function step(
  number: number,
  stage: AdmissionStage,
  zh: string,
  en: string,
  articles: readonly number[],
  ...ruleIds: readonly string[]
): AdmissionStep {
  return { number, stage, name: { zh, en }, articles, ruleIds }
}

const RECORD_2014 = step(8, 'object', '报上级党委备案', 'Put on record above', [13], 'DEV-8')
const CONSENT_2026 = step(8, 'object', '上级党委同意并公示', 'Consent from above and publicity', [13], 'DEV-8')

const STEPS: readonly AdmissionStep[] = [
  step(1, 'application', '递交入党申请书', 'Application handed in', [5, 6], 'CONST-1', 'DEV-2'),
  step(2, 'application', '党组织派人谈话', 'Talk by the organisation', [7], 'DEV-3'),
  step(3, 'activist', '推荐和确定入党积极分子', 'Activist proposed and decided', [8], 'DEV-4'),
  step(4, 'activist', '上级党委备案', 'Put on record above', [8], 'DEV-4'),
  step(5, 'activist', '指定培养联系人', 'Contacts named', [9], 'DEV-5'),
  step(6, 'activist', '培养教育考察', 'Training and reviews', [10, 11], 'DEV-6'),
  step(7, 'object', '确定发展对象', 'Object of development decided', [13], 'DEV-8'),
  CONSENT_2026,
  step(9, 'object', '确定入党介绍人', 'Introducers decided', [14], 'DEV-9'),
  step(10, 'object', '进行政治审查', 'Political review', [16], 'DEV-10'),
  step(11, 'object', '开展集中培训', 'Concentrated training', [17], 'DEV-11'),
  step(12, 'admission', '支部委员会审查', 'Examination by the branch committee', [18], 'DEV-12'),
  step(13, 'admission', '上级党委预审', 'Pre-examination above', [18], 'DEV-12', 'DEV-13'),
  step(14, 'admission', '填写入党志愿书', 'Application form filled in', [15, 18], 'DEV-12'),
  step(15, 'admission', '支部大会讨论', 'Branch meeting', [19, 20], 'DEV-14', 'DEV-15', 'DEV-16'),
  step(16, 'admission', '上级党委派人谈话', 'Talk by the committee above', [23], 'DEV-21'),
  step(17, 'admission', '上级党委审批', 'Approval above', [22, 24, 25], 'DEV-20', 'DEV-22', 'DEV-23'),
  step(18, 'admission', '再上一级党委组织部门备案', 'Record at the next organisation department', [25], 'DEV-23'),
  step(19, 'probation', '编入党支部和党小组', 'Placed in branch and group', [28]),
  step(20, 'probation', '入党宣誓', 'Oath', [29], 'DEV-24'),
  step(21, 'probation', '继续教育考察', 'Further education and review', [30]),
  step(22, 'probation', '提出转正申请', 'Application for conversion', [32], 'DEV-28'),
  step(23, 'probation', '支部大会讨论', 'Branch meeting on conversion', [32], 'DEV-28'),
  step(24, 'probation', '上级党委审批', 'Approval of conversion above', [33], 'DEV-29'),
  step(25, 'probation', '材料归档', 'Papers filed', [36], 'DEV-31'),
]

/** The 25 steps of the flow chart, in order; step 8 differs between the editions. */
export function admissionSteps(edition: AdmissionEdition): readonly AdmissionStep[] {
  return edition === '2026' ? STEPS : STEPS.map((each) => (each.number === 8 ? RECORD_2014 : each))
}

import { halfWidth, withoutBlanks } from '../identity/written-text.ts'

/** Columns that the judgement reads itself. */
export const JUDGED_FIELDS = [
  'branch',
  'name',
  'sex',
  'ethnic',
  'idNumber',
  'bornOn',
  'education',
  'category',
  'joinedOn',
  'convertedOn',
  'phone',
] as const
/** Further dates of a member's record; kept as ISO dates when they can be read. */
export const OTHER_DATE_FIELDS = [
  'appliedOn',
  'activistOn',
  'candidateOn',
  'workStartedOn',
  'branchEnteredOn',
  'graduatedOn',
  'duesPaidUntil',
  'idValidUntil',
] as const
/** Further columns of a member's record, kept as text. */
export const TEXT_FIELDS = [
  'group',
  'memberNumber',
  'formerName',
  'nativePlace',
  'birthPlace',
  'fullTimeEducation',
  'inServiceEducation',
  'degree',
  'school',
  'major',
  'workplace',
  'jobTitle',
  'partyPost',
  'occupation',
  'technicalTitle',
  'frontLine',
  'socialStratum',
  'maritalStatus',
  'health',
  'registeredAddress',
  'homeAddress',
  'landline',
  'email',
  'emergencyContact',
  'joinedAtBranch',
  'introducers',
  'entryWay',
  'standing',
  'mobility',
  'lostContact',
  'isRetired',
  'isMigrantWorker',
  'isInHardship',
  'isDelegate',
  'dossierPlace',
  'note',
] as const

export type JudgedField = (typeof JUDGED_FIELDS)[number]
export type OtherField = (typeof OTHER_DATE_FIELDS)[number] | (typeof TEXT_FIELDS)[number]
export type RosterField = JudgedField | OtherField
/** Which column (from 0) holds which field. */
export type ColumnMapping = { readonly [F in RosterField]?: number }

/** Headings by meaning, most particular first: 介绍人姓名 must not be taken for 姓名. Matched against `bareHeading`. */
const MEANINGS: readonly (readonly [RosterField | 'serial', RegExp])[] = [
  ['serial', /^(?:序号?|编号|No\.?|#|行号)$/i],
  ['memberNumber', /^(?:党员|人员|学|工|职工|教工|一卡通)(?:编|工|学)?号码?$|^学工号$|^党员编[号码]$/],
  ['introducers', /介绍人/],
  ['emergencyContact', /紧急联系/],
  ['formerName', /曾用名|又名/],
  ['joinedAtBranch', /入党时.*(?:支部|组织)|入党所在|入党(?:地点|支部)/],
  [
    'branchEnteredOn',
    /(?:进入|转入|调入)(?:本|该|所在|现)?(?:党)?(?:支部|组织|组织关系)?.*(?:日期|时间)|^组织关系转入时间$/,
  ],
  ['entryWay', /进入.*方式|^转入方式$|党组织关系来源/],
  ['idValidUntil', /身份证.*(?:有效|到期|届满|截止|期限)|^证件有效期|^ID(?: ?card)? valid/i],
  [
    'idNumber',
    /身份证|身份号|^(?:公民)?身份号码$|^(?:证件|身份证件)(?:号码?|编号)$|^ID(?: ?card)?(?: ?(?:no\.?|number|号))?$|^证号$/i,
  ],
  ['bornOn', /^(?:出生(?!地)|生日|生辰|date of birth|birthday|birthdate)/i],
  [
    'convertedOn',
    /转正(?:式党员)?.*(?:日期|时间|年月)|^(?:何时)?转正$|(?:转|成|确定|批准)为正式党员|正式党员.*(?:日期|时间|年月)/,
  ],
  ['appliedOn', /申请(?:入党|书|日期|时间)|入党申请|递交.*申请/],
  ['activistOn', /积极分子.*(?:日期|时间|年月)|(?:列|确定)为?.*积极分子/],
  ['candidateOn', /发展对象.*(?:日期|时间|年月)|(?:列|确定)为?.*发展对象/],
  [
    'joinedOn',
    /^(?:何时)?入党(?:日期|时间|年月日?)?$|^(?:何时)?(?:加入|参加)(?:中国共产党|党|党组织|中共|中共组织|中共党组织)(?:的?(?:日期|时间|年月日?))?$|(?:接收|吸收|成为|确定|批准)?为?预备党员.*(?:日期|时间)|入党.*(?:日期|时间|年月)|支部大会(?:通过|接收).*(?:日期|时间)|join(?:ed)? date/i,
  ],
  ['workStartedOn', /参加工作|^工作时间$|入职(?:日期|时间)/],
  ['graduatedOn', /毕业(?:日期|时间|年月)/],
  ['duesPaidUntil', /党费.*(?:至|到|截止)/],
  [
    'category',
    /^(?:人员|党员|成员|政治)?(?:类别|类型|身份|面貌|性质)$|^(?:人员|党员)(?:类别|类型|身份)|^政治面貌|^党员状态$|正式.*预备|^党籍类别$|^category$/i,
  ],
  ['partyPost', /党内.*职|党(?:组织|支部)?职务|^支部职务$/],
  ['group', /党小组|^小组$|^所在小组$/],
  [
    'branch',
    /^(?:所[在属]|隶属|归属|现|组织关系所在)?(?:的)?(?:基层)?(?:党)?(?:支部|组织)(?:名称|全称|简称)?$|^党员所[在属](?:党)?(?:支部|组织)|^(?:所[在属]|现)(?:党)?(?:支部|组织)|组织关系所在|^branch(?: name)?$/i,
  ],
  ['name', /^(?:党员|人员|成员|本人|学生|教师|职工)?姓?名(?:字)?$|^(?:党员|人员|成员)姓名|^姓名|^(?:full )?name$/i],
  ['sex', /^性别|^(?:sex|gender)$/i],
  ['ethnic', /^(?:所属)?民族|^族别$|^ethnic/i],
  ['nativePlace', /籍贯|^祖籍$/],
  ['birthPlace', /出生地/],
  ['fullTimeEducation', /全日制.*(?:学历|教育)/],
  ['inServiceEducation', /在职.*(?:学历|教育)/],
  [
    'education',
    /^(?:最高|现|目前)?(?:学历|文化程度|文化水平|教育程度|受教育程度)|学历(?:层次|情况)?$|^学历|^education$/i,
  ],
  ['degree', /学位/],
  ['school', /毕业.*(?:院|学)校|^(?:院校|毕业院系)/],
  ['major', /专业$|^所学专业/],
  ['technicalTitle', /职称|专业技术/],
  ['workplace', /(?:工作|所在|现|学习)?单位|工作部门|^部门$|^(?:所在)?(?:院系|学院|班级)$/],
  ['jobTitle', /职务|^岗位$|工作岗位|^职位$/],
  ['frontLine', /一线情况/],
  ['socialStratum', /新.*阶层/],
  ['occupation', /职业/],
  ['maritalStatus', /婚姻|婚否/],
  ['health', /健康/],
  ['registeredAddress', /户籍|户口/],
  ['email', /邮箱|邮件|e-?mail/i],
  ['landline', /固定电话|办公电话|家庭电话|座机|宅电/],
  ['phone', /手机|移动电话|联系(?:电话|方式|号码)|^电话(?:号码)?$|^本人电话$|^(?:mobile|phone|tel)/i],
  ['homeAddress', /住址|地址|居住地|住所/],
  ['standing', /党籍(?:状态|情况)/],
  ['mobility', /流动/],
  ['lostContact', /失联|失去联系/],
  ['isRetired', /离退休|退休/],
  ['isMigrantWorker', /农民工/],
  ['isInHardship', /困难/],
  ['isDelegate', /党代表|人大代表|政协/],
  ['dossierPlace', /档案/],
  ['note', /备注|说明|^注$|^remarks?$|^note$/i],
]

/** A heading without blanks, marks for "required", colons and explanations in brackets. */
export function bareHeading(text: string): string {
  const bare = halfWidth(text).replace(/\s+/g, ' ').trim()
  const latin = /^[\x20-\x7e]+$/.test(bare)
  const open = (latin ? bare : withoutBlanks(bare))
    .replace(/[([【〔{<《].*?[)\]】〕}>》]/g, '')
    .replace(/[*★※:：]/g, '')
  return (open === '' ? bare.replace(/[()[\]*]/g, '') : open).trim()
}

/** The field that a heading means; `serial` is a counter without meaning; null when it is none we know. */
export function meaningOf(heading: string): RosterField | 'serial' | null {
  const bare = bareHeading(heading)
  if (bare === '' || bare.length > 24) return null
  return MEANINGS.find(([, words]) => words.test(bare))?.[0] ?? null
}

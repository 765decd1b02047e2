import type {
  ActivationSlips,
  AttendanceSheet,
  MeetingFacts,
  MeetingNotice,
  MemberForm,
  MemberRoster,
  Minutes,
  OrganisationForm,
} from './forms.types.ts'

/** Invented records for the tests of the printed forms; names hold the rare characters that fonts tend to lack. */
const ORGANISATION = '中共东江大学计算机学院教工第一支部委员会'
const PRINTED_AT = '2026-11-20T01:00:00Z'
const NAMES = ['陈䶮', '李㛃', '买买提·吐尔逊', '欧阳文静', '王伟', '张丽', '诸葛明', '阿依古丽·艾合买提']

export const nameAt = (at: number): string => NAMES[at % NAMES.length] ?? ''
const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))

const meeting: MeetingFacts = {
  title: '2026年第四季度支部党员大会',
  types: ['支部党员大会', '主题党日'],
  startsAt: '2026-11-19T06:30:00Z',
  endsAt: '2026-11-19T08:10:00Z',
  place: '东江大学计算机楼 301 会议室',
  chair: '欧阳文静',
  recorder: '王伟',
}
const base = { organisation: ORGANISATION, printedAt: PRINTED_AT }

export function sampleAttendance(rows: number): AttendanceSheet {
  return {
    ...base,
    meeting,
    counts: { expected: rows, present: rows - 2, onLeave: 1, absent: 1, observers: 1 },
    people: many(rows + 1, (at) => ({
      name: nameAt(at),
      memberNumber: `DJ2026${String(at).padStart(4, '0')}`,
      standing: at % 5 === 4 ? '预备党员' : '正式党员',
      observer: at === rows,
      mark: at === 0 ? 'on_leave' : at === 1 ? 'absent' : 'present',
      checkedInAt: at < 2 ? null : '2026-11-19T06:21:00Z',
      remark: at === 0 ? '外出调研' : null,
    })),
  }
}

export function sampleMinutes(turns: number): Minutes {
  return {
    ...base,
    meeting,
    session: '2026年第4次',
    counts: { expected: 12, present: 10, onLeave: 1, absent: 1, observers: 2 },
    present: many(10, nameAt),
    onLeave: [{ name: '陈䶮', reason: '外出调研' }],
    absent: [{ name: '李㛃', reason: null }],
    observers: ['赵群', '孙民'],
    agenda: [
      { title: '传达学习上级党委关于加强基层党支部建设的意见', reporter: '欧阳文静' },
      { title: '讨论接收同志为预备党员', reporter: null },
    ],
    discussion: many(turns, (at) => ({
      speaker: nameAt(at),
      words:
        '支部要把理论学习同教学科研结合起来，每月至少安排一次集中学习；对青年教师的联系要具体到人（包括新入职的三位老师），“请进来、走出去”两条腿走路，力争在2026年12月31日前完成Tongxin平台上的全部登记。',
    })),
    resolutions: [
      {
        text: '同意接收张丽同志为中共预备党员。',
        vote: { eligible: 11, presentEligible: 10, inFavour: 9, against: 0, abstained: 1 },
        carried: true,
        rule: '《中国共产党支部工作条例（试行）》第十一条',
      },
    ],
    tasks: [{ what: '整理入党材料并报上级党委审批', who: '王伟', dueOn: '2026-11-26' }],
    signatures: [
      { as: 'chair', name: '欧阳文静', signedAt: '2026-11-20T00:00:00Z' },
      { as: 'secretary', name: null, signedAt: null },
    ],
    errata: [{ at: '2026-11-21T02:00:00Z', by: '王伟', text: '“赵群”应为“赵群英”。', reason: '记录时漏写一字' }],
    photos: [],
  }
}

export function sampleNotice(): MeetingNotice {
  return {
    ...base,
    meeting,
    documentNumber: '东大计党支〔2026〕4号',
    addressees: '支部各位党员',
    participants: '支部全体党员；入党积极分子列席。',
    agenda: ['传达学习上级党委关于加强基层党支部建设的意见', '讨论接收同志为预备党员'],
    requirements: ['请提前十分钟到会签到。', '因故不能参会的，请于会前二十分钟在平台上请假。'],
    contact: { name: '王伟', phone: '0755-12345678' },
    issuedOn: '2026-11-12',
  }
}

export function sampleSlips(count: number): ActivationSlips {
  return {
    ...base,
    siteUrl: 'https://party.example.edu.cn',
    contact: { name: '王伟', phone: '0755-12345678' },
    slips: many(count, (at) => ({
      organisation: ORGANISATION,
      name: nameAt(at),
      memberNumber: `DJ2026${String(at).padStart(4, '0')}`,
      activationUrl: `https://party.example.edu.cn/activate#n=DJ2026${String(at).padStart(4, '0')}&c=K7QX2M9PTR4W`,
      code: 'K7QX2M9PTR4W',
      expiresAt: '2026-12-03T15:59:00Z',
    })),
  }
}

export function sampleRoster(rows: number): MemberRoster {
  return {
    ...base,
    asOf: '2026-11-20',
    members: many(rows, (at) => ({
      name: nameAt(at),
      gender: at % 2 === 0 ? '男' : '女',
      ethnicity: at % 8 === 2 ? '维吾尔族' : '汉族',
      bornOn: '1985-03-09',
      idNumber: '440***********1234',
      education: '博士研究生',
      joinedOn: '2008-06-18',
      fullSince: at % 5 === 4 ? null : '2009-06-18',
      standing: at % 5 === 4 ? '预备党员' : '正式党员',
      post: at === 0 ? '支部书记' : null,
      workplace: '计算机学院软件工程系副教授',
      phone: '138****5678',
      remark: at === 1 ? '出国研修' : null,
    })),
  }
}

export function sampleMember(photo?: Uint8Array): MemberForm {
  return {
    ...base,
    ...(photo ? { photo } : {}),
    fields: {
      name: '买买提·吐尔逊',
      gender: '男',
      ethnicity: '维吾尔族',
      bornOn: '1990-05-06',
      nativePlace: '新疆喀什',
      idNumber: '653***********1234',
      memberNumber: 'DJ20260002',
      education: '硕士研究生',
      degree: '工学硕士',
      school: '东江大学 计算机科学与技术专业',
      workplace: '东江大学计算机学院 讲师',
      phone: '138****5678',
      homeAddress: '广东省东江市大学路1号教师公寓3栋502室',
      standing: '正式党员',
      branch: ORGANISATION,
      joinedOn: '2012-06-28',
      fullSince: '2013-06-28',
      introducers: '欧阳文静、王伟',
    },
    education: [{ from: '2008-09', to: '2012-07', school: '东江大学 软件工程', result: '本科 学士' }],
    career: [{ from: '2015-07', to: null, workplace: '东江大学计算机学院', post: '讲师' }],
    honours: [{ on: '2023-07-01', what: '优秀共产党员', by: '中共东江大学委员会' }],
    family: [
      { relation: '配偶', name: '阿依古丽', bornOn: '1991-02-03', political: '群众', workplace: '东江市第一中学' },
    ],
  }
}

export function sampleOrganisation(): OrganisationForm {
  return {
    ...base,
    asOf: '2026-11-20',
    facts: {
      shortName: '计算机教工一支部',
      code: 'DJ-JSJ-01',
      kind: '党支部',
      parent: '中共东江大学计算机学院委员会',
      foundedOn: '2011-09-01',
      foundingDocument: '东大党字〔2011〕18号',
      hostUnit: '东江大学计算机学院',
      hostUnitCode: null,
      hostUnitNature: '高等学校',
      secretary: '欧阳文静',
      contact: '王伟',
      phone: '0755-12345678',
      address: '广东省东江市大学路1号计算机楼301',
      termFrom: '2024-06-01',
      termTo: '2027-05-31',
      termYears: 3,
      grading: '先进',
    },
    headcount: {
      members: 12,
      full: 11,
      probationary: 1,
      women: 5,
      minorities: 2,
      upTo35: 6,
      from60: 0,
      college: 12,
      subordinate: 2,
    },
    committee: many(3, (at) => ({
      post: ['书记', '组织委员', '宣传委员'][at] ?? '',
      name: nameAt(at),
      gender: '男',
      bornOn: '1985-03-09',
      joinedOn: '2008-06-18',
      heldSince: '2024-06-01',
    })),
    changes: [{ on: '2011-09-01', what: '成立党支部', documentNumber: '东大党字〔2011〕18号' }],
  }
}

import { cite, rulesFrom, source } from './instruments.ts'

/** Education of members and democratic appraisal. */
export const EDUCATION_RULES = rulesFrom({
  'EDU-1': [
    '党员每年集中学习培训时间一般不少于32学时。',
    'Each member’s yearly concentrated study is generally not less than 32 hours.',
    cite('education', 20),
    'V2',
    'warn',
  ],
  'EDU-2': [
    '基层党组织书记和班子成员每年集中培训不少于56学时、至少参加1次集中培训；预备期内和转正后一年内各参加1次集中培训。',
    'Secretaries and committee members study 56 hours or more a year with at least one concentrated training; new members have one in probation and one in the year after.',
    cite('trainingPlan'),
    'V1',
    'warn',
  ],
  'EDU-3': [
    '党员参加党员大会、党小组会和党课、主题党日，按时交纳党费；领导干部过双重组织生活。',
    'Members attend meetings, lessons and theme days and pay on time; leaders take part in two organisational lives.',
    cite('education', 16),
    'V2',
    'warn',
  ],
  'EDU-4': [
    '对年老体弱、病残等行动不便的党员，不作硬性要求，不计入参会率。',
    'Nothing rigid is required of old, ill or disabled members, who are left out of attendance rates.',
    cite('education', 23),
    'V2',
    'info',
  ],
  'EDU-5': [
    '条例未规定学时单位；按全天8学时、半天4学时、支部学习1小时1学时折算，可以设置。',
    'The text does not define the hour: a full day counts 8, half a day 4, an hour of branch study 1; can be set.',
    source('地方规定；细则三天折合24学时', 'local rules; three days equal 24 hours in the Detailed Rules'),
    'V1+I',
    'info',
  ],
  'EVAL-1': [
    '民主评议等次为优秀、合格、基本合格、不合格。',
    'Grades are excellent, qualified, basically qualified, unqualified.',
    cite('appraisal'),
    'V2',
    'block',
  ],
  'EVAL-2': [
    '优秀党员比例一般不超过参加评议党员总数的三分之一。',
    'The excellent are generally not more than a third of the members.',
    cite('appraisal'),
    'V2',
    'warn',
  ],
  'EVAL-3': [
    '预备党员参加民主评议，但不评定等次。',
    'Probationary members take part but are not graded.',
    cite('appraisal'),
    'V1',
    'block',
  ],
  'EVAL-4': [
    '等次由支委会或者支部大会根据测评结果和日常表现综合评定，不能简单以票取人。',
    'The committee or the meeting grades from results and daily performance, never by votes alone.',
    cite('appraisal'),
    'V2',
    'block',
  ],
})

import { cite, cites, rulesFrom, source } from './instruments.ts'

const HANDBOOKS = source('党务工作手册', 'handbooks of party work')

/** Size thresholds. They advise and never forbid. */
export const ORGANISATION_RULES = rulesFrom({
  'ORG-1': [
    '党员100人以上的设基层党委；不足100人确有需要的，经上级党组织批准也可以设立。',
    'One hundred or more members form a basic party committee; fewer may with approval from above.',
    cites(cite('enterprise', 4), HANDBOOKS),
    'V2',
    'warn',
  ],
  'ORG-2': [
    '党员50人以上、100人以下的设党总支。',
    'Fifty to ninety-nine members form a general branch.',
    cites(cite('enterprise', 4), HANDBOOKS),
    'V2',
    'warn',
  ],
  'ORG-3': [
    '正式党员3人以上设党支部，党员一般不超过50人；恰好50人时设党支部或党总支均可。',
    'Three or more full members form a branch of generally up to 50; at exactly 50 a branch and a general branch are both lawful.',
    cite('branch', 4),
    'V2',
    'warn',
  ],
  'ORG-4': [
    '组织设置根据工作需要和党员人数，经上级党组织批准；人数标准只作建议。',
    'The form follows need and number with approval from above; the figures only advise.',
    HANDBOOKS,
    'V2',
    'info',
  ],
  'ORG-5': [
    '设党委的，经批准设立纪律检查委员会或纪律检查委员。',
    'Where there is a party committee, a discipline committee or discipline member is set up with approval.',
    HANDBOOKS,
    'G',
    'warn',
  ],
})

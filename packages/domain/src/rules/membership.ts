import { cite, rulesFrom, source } from './instruments.ts'

const at = (...articles: number[]) => cite('education', ...articles)

/** Membership and relations, 教育管理条例 2019. */
export const MEMBERSHIP_RULES = rulesFrom({
  'MEM-1': [
    '党籍从支部大会通过接收为预备党员之日起算（经上级批准）。',
    'Membership starts on the day the branch meeting passes, once approved above.',
    at(24),
    'V2',
    'info',
  ],
  'MEM-2': [
    '因私出国并长期定居的，以及出国学习研究超过5年仍未返回的，一般予以停止党籍。',
    'Membership is generally stopped for those settled abroad, and for study abroad of more than five years without return.',
    at(24),
    'V2',
    'warn',
  ],
  'MEM-3': [
    '与党组织失去联系6个月以上、通过各种方式查找仍然没有取得联系的，予以停止党籍。',
    'Membership is stopped after six months or more without contact when every way of search has failed.',
    at(24),
    'V2',
    'warn',
  ],
  'MEM-4': [
    '停止党籍2年后确实无法取得联系的，按照自行脱党予以除名。',
    'Two years after the stop, still out of contact, the member is removed as having left.',
    at(24),
    'V2',
    'warn',
  ],
  'MEM-5': [
    '停止党籍的可以按规定程序恢复；劝退、除名、退党、开除的原则上不恢复，符合条件的可以重新入党。',
    'A stop may be lifted by procedure; the removed and expelled are in principle not restored but may join again.',
    cite('education'),
    'V2',
    'block',
  ],
  'MEM-6': [
    '有固定工作单位且单位已建立党组织的，组织关系转入单位党组织；没有的转入居住地、人才服务机构、园区、楼宇等党组织。',
    'The relation lies with the unit’s organisation; otherwise with that of residence, talent service, park or building.',
    at(25),
    'V2',
    'warn',
  ],
  'MEM-7': [
    '工作单位、经常居住地变动，或者外出6个月以上且地点相对固定的，应当转移组织关系。',
    'The relation must move when unit or residence changes, or after six months or more away at a relatively fixed place.',
    at(25),
    'V2',
    'block',
  ],
  'MEM-8': [
    '具有审批预备党员权限的基层党委，可以在全国范围直接相互转移和接收党员组织关系；无正当理由不得拒收。',
    'Basic committees with power to approve transfer and receive directly nationwide; none refuses without reason.',
    at(25),
    'V2',
    'block',
  ],
  'MEM-9': [
    '组织关系介绍信按需要确定有效期，一般最长不超过三个月（90天），可以设置。',
    'The letter’s validity is set per case, generally at most three months (90 days); can be set.',
    source('党务工作手册', 'handbooks of party work'),
    'V1',
    'block',
  ],
  'MEM-10': [
    '介绍信存根保存10年。',
    'Stubs of letters are kept ten years.',
    source('地方党务手册', 'a local handbook'),
    'V1',
    'info',
  ],
  'MEM-11': [
    '高校毕业生党员组织关系保留在原就读高校的时间一般不超过2年。',
    'A graduate’s relation stays at the university generally no longer than two years.',
    at(34),
    'V2',
    'warn',
  ],
  'MEM-12': [
    '出国学习研究的党员组织关系保留，每半年至少与党组织联系1次。',
    'For study abroad the relation is kept; contact at least once every half year.',
    at(34),
    'V2',
    'warn',
  ],
  'MEM-13': [
    '单位或居住地变动、组织关系未转出，连续6个月以上无法正常参加正式组织关系所在支部活动的，为流动党员。',
    'A floating member has moved without the relation and for six consecutive months or more cannot attend the formal branch.',
    cite('floating'),
    'V2',
    'warn',
  ],
  'MEM-14': [
    '没有人事档案的，由所在党委建立党员档案。',
    'Without a personnel file the approving committee keeps a party-member file.',
    at(26),
    'V2',
    'block',
  ],
})

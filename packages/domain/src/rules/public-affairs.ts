import { cite, cites, rulesFrom, source } from './instruments.ts'

const petition = (...articles: number[]) => cite('petitions', ...articles)

/** Openness, petitions and online mass work. */
export const PUBLIC_AFFAIRS_RULES = rulesFrom({
  'OPEN-1': [
    '党务公开是将党的组织实施党的领导活动、加强党的建设工作的有关事务，按规定在党内或者向党外公开。',
    'Openness means publishing affairs of leadership and party building inside the Party or beyond, by rule.',
    cite('openness', 2),
    'V1',
    'info',
  ],
  'OPEN-2': [
    '列入目录的事项按提出、审核（含保密审查）、审批、实施的程序公开。',
    'Items of the catalogue are proposed, reviewed (also for confidentiality), approved and carried out, in this order.',
    cite('openness', 15),
    'V1',
    'block',
  ],
  'OPEN-3': [
    '公开范围分为向社会、全党、一定地区部门单位、特定组织和人员公开；不得超出批准的范围。',
    'Scopes are society, the whole Party, a region or unit, named organisations or people; never wider than approved.',
    cite('openness'),
    'G',
    'block',
  ],
  'OPEN-4': [
    '党的基层组织公开学习贯彻、任期目标、三会一课、换届、发展党员、民主评议、党费收缴使用管理等情况。',
    'Basic organisations publish study, goals, meetings, elections, admission, appraisal, dues and the like.',
    cite('openness'),
    'G',
    'warn',
  ],
  'OPEN-5': [
    '固定性内容长期公开，经常性内容定期公开，阶段性内容逐段公开，临时性内容随时公开。',
    'Fixed content is published for long, regular content regularly, periodic content by stages, temporary content at once.',
    cite('openness'),
    'G',
    'warn',
  ],
  'OPEN-6': [
    '公示只显示必要内容（姓名、单位、基本情况、受理异议的联系方式），不得公开身份证号、家庭和电话。',
    'Publicity shows only what is needed; never ID numbers, family or phone.',
    cite('privacy', 6, 25),
    'I',
    'block',
  ],
  'PET-1': [
    '信访部门收到信访事项应当登记，在15日内转送交办。',
    'Petitions are registered and forwarded or assigned within fifteen days.',
    petition(22),
    'V2',
    'block',
  ],
  'PET-2': [
    '其他机关单位能够当场答复的当场书面答复，否则自收到之日起15日内书面告知；不属于本机关职权范围的，自收到转送之日起5个工作日内提出异议。',
    'Other bodies answer on the spot or within fifteen days; an objection to an item outside their powers comes within five working days.',
    petition(23),
    'V2',
    'block',
  ],
  'PET-3': [
    '自受理之日起60日内办结；情况复杂的，经负责人批准可以延长，期限不超过30日，并告知理由。',
    'Done within sixty days of acceptance; when complex, extended by at most thirty days with approval, telling the reason.',
    petition(34),
    'V2',
    'block',
  ],
  'PET-4': [
    '对处理意见不服的，自收到书面答复之日起30日内请求复查；复查、复核各30日内提出意见。',
    'Review is requested within thirty days of the reply; review and re-examination each answer within thirty days.',
    petition(35, 36),
    'V2',
    'block',
  ],
  'PET-5': [
    '多人走访提出共同的信访事项，应当推选代表，代表人数不超过5人。',
    'For a joint visit no more than five representatives are chosen.',
    petition(20),
    'V2',
    'block',
  ],
  'PET-6': [
    '不得将检举控告材料及有关情况透露或者转给被检举控告的人员和单位。',
    'Accusations are never shown or passed to the accused person or unit.',
    petition(30),
    'V2',
    'block',
  ],
  'PET-7': [
    '与信访事项有直接利害关系的工作人员应当回避；同一事项正在办理的，上级不再受理。',
    'Staff with a direct interest withdraw; an item pending is not accepted again above.',
    petition(19, 28),
    'V2',
    'block',
  ],
  'PET-8': [
    '期限按自然日计算，开始当日不计入；到期日遇节假日是否顺延可以设置。',
    'Days are calendar days without the first; moving a last day off a holiday is an option.',
    cites(petition(), cite('civilCode', 201, 203)),
    'I',
    'info',
  ],
  'WEB-1': [
    '领导留言板没有全国统一期限，按设置的目标工作日答复；属于信访事项的适用信访条例。',
    'There is no national limit for message boards: a configured target in working days, and petition rules where it is one.',
    source('实践做法', 'practice'),
    'G',
    'warn',
  ],
  'WEB-2': [
    '政府网站纠错一般在3个工作日内答复，对党务网站没有约束力。',
    'Error reports on government sites are answered within three working days; not binding on party sites.',
    source('地方政府网站管理办法（2017年）', 'a provincial measure on government sites (2017)'),
    'V1',
    'info',
  ],
})

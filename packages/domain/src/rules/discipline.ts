import { cite, cites, rulesFrom } from './instruments.ts'

/** Facts of discipline that other rules need; article numbers differ between editions and are not printed. */
export const DISCIPLINE_RULES = rulesFrom({
  'DISC-1': [
    '影响期自处分批准之日起：警告一年，严重警告一年半，撤销党内职务二年；到期日当日仍在影响期内。',
    'Influence periods from approval of the penalty: warning one year, serious warning eighteen months, removal from post two years; the last day is inside.',
    cite('discipline'),
    'V2',
    'info',
  ],
  'DISC-2': [
    '留党察看期间没有表决权、选举权和被选举权；被留置、逮捕的，由党组织按管理权限中止其表决权、选举权和被选举权。',
    'Under probation within the Party no member votes, elects or is elected; the rights of a detained or arrested member are suspended.',
    cites(cite('constitution', 41), cite('elections', 5)),
    'V2',
    'block',
  ],
  'DISP-1': [
    '对不按时参加组织生活、不按时交纳党费、不与组织保持联系等情形，及时提醒谈话、批评教育。',
    'Members who miss meetings, pay late or lose contact are reminded and criticised in time.',
    cite('education', 28, 29),
    'V2',
    'warn',
  ],
  'DISP-2': [
    '限期改正时间不超过一年，期间给予帮助教育。',
    'The time set for reform is at most a year, with help.',
    cite('education', 30),
    'V2',
    'block',
  ],
  'DISP-3': [
    '理想信念丧失、信仰宗教经帮助仍无转变、坚持退党、以退党相要挟、限期改正无转变、自行脱党等情形，按程序劝退或者除名。',
    'Lost convictions, religion kept after help, insisting on or threatening withdrawal, no change after a set time and leaving by oneself lead to urged withdrawal or removal by procedure.',
    cite('education', 31),
    'V2',
    'block',
  ],
})

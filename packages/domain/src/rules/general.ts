import { cite, rulesFrom, source } from './instruments.ts'

const ANALOGY = cite('civilCode', 1259)

/** Counting: words, periods, working days, money. */
export const GENERAL_RULES = rulesFrom({
  'GEN-1': [
    '“以上、以下、以内、届满、不少于、不超过”包括本数；“超过、不满、不足、以外”不包括本数。“半数以上”含恰好一半，“超过半数”不含。',
    '“以上, 以下, 以内, 届满, 不少于, 不超过” include the number; “超过, 不满, 不足, 以外” exclude it. “Half or more” includes exactly half, “more than half” does not.',
    ANALOGY,
    'V1+I',
    'block',
  ],
  'GEN-2': [
    '按月、按年计算的期间，到期日为对应日；没有对应日的，为当月最后一日。开始的当日不计入，到期日当日仍在期内。',
    'A period of months or years ends on the corresponding day, or on the last day of the month when there is none. The first day does not count; the last day is in time.',
    cite('civilCode', 200, 201, 202),
    'V1+I',
    'info',
  ],
  'GEN-3': [
    '公示“不少于五个工作日”，自张贴当日起算并含当日；“五个工作日内”自次日起算。未录入当年放假安排的，结果为暂定。',
    'Publicity of “not less than five working days” counts the day of posting; “within five working days” counts from the next day. Without the calendar of the year the result is provisional.',
    source('实践做法', 'practice'),
    'I',
    'warn',
  ],
  'GEN-4': [
    '金额以分为单位整数计算，最后一步四舍五入到0.01元；进位单位可以设置。',
    'Amounts are computed in whole fen and rounded half up to 0.01 yuan at the very end; the step can be set.',
    source('实施约定', 'implementation choice'),
    'I',
    'info',
  ],
})

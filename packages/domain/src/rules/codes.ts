import { cite, rulesFrom, source } from './instruments.ts'

const standard = (name: string) => source(name, name)

/** Codes, identity numbers, learning credits. */
export const CODE_RULES = rulesFrom({
  'CODE-1': [
    '性别代码：0未知，1男，2女，9未说明。',
    'Sex: 0 unknown, 1 male, 2 female, 9 not stated.',
    standard('GB/T 2261.1-2003'),
    'V2',
    'block',
  ],
  'CODE-2': ['民族代码01至56。', 'Ethnic groups 01 to 56.', standard('GB/T 3304-1991'), 'V2', 'block'],
  'CODE-3': ['学历代码。', 'Education levels.', standard('GB/T 4658-2006'), 'V2', 'block'],
  'CODE-4': ['政治面貌代码01至13。', 'Political status 01 to 13.', standard('GB/T 4762-1984'), 'V2', 'block'],
  'CODE-5': [
    '党内统计人员和组织类别代码未见公开来源，系统使用自有代码并以数据对照。',
    'Categories of party statistics are not public: own codes, mapped by data.',
    source('实施约定', 'implementation choice'),
    'G',
    'info',
  ],
  'CODE-6': [
    '行政区划代码6位：后四位0000为省级，后两位00为地级。',
    'Region codes have six digits: 0000 at the end is a province, 00 a city.',
    standard('GB/T 2260'),
    'G',
    'block',
  ],
  'ID-1': [
    '公民身份号码18位，末位为校验码；出生日期必须存在且不在将来。',
    'The citizen number has eighteen places with a check character; the birth date exists and is not in the future.',
    standard('GB 11643-1999'),
    'V2',
    'block',
  ],
  'ID-2': [
    '15位旧号码仅用于档案导入，年份前补“19”并计算校验码。',
    'Fifteen-digit numbers serve archive import only: the year gets 19 before it and the check character is added.',
    standard('GB 11643-1989'),
    'G',
    'warn',
  ],
  'USCC-1': [
    '统一社会信用代码18位；早期个别代码不符合校验，提示而不阻止。',
    'The unified social credit code has eighteen places; some early ones fail the check, so it warns.',
    standard('GB 32100-2015'),
    'V2',
    'warn',
  ],
  'USCC-2': [
    '组织机构代码为第9至17位，末位为校验码。',
    'The organisation code is places 9 to 17 with a check character.',
    standard('GB 11714-1997'),
    'V2',
    'warn',
  ],
  'LEARN-1': ['学时按EDU-5折算。', 'Study hours follow EDU-5.', source('地方规定', 'local rules'), 'V1+I', 'info'],
  'LEARN-2': [
    '每日积分项目、单位和上限是可以设置的数据，没有规范性文件依据。',
    'Actions, units and caps of daily points are data without any norm behind them.',
    source('公开资料（2019年）', 'public lists of 2019'),
    'V2',
    'info',
  ],
  'LEARN-3': [
    '不搞排名施压，不强制每日得分；积分不直接决定评议等次。',
    'No pressure by ranking, no forced daily points; points never decide grades.',
    cite('privacy', 24),
    'I',
    'block',
  ],
  'LEARN-4': [
    '每项得分取上限与折算分中较小者，合计不超过总上限；以北京时间日期为界。',
    'Each action yields the lesser of cap and points earned, the sum no more than the total cap; days are those of Shanghai.',
    source('实施约定', 'implementation choice'),
    'I',
    'info',
  ],
})

/** Code tables of the national standards: CODE-1 sex, CODE-2 ethnic groups, CODE-3 education, CODE-4 political status. */
export type CodeTable = 'sex' | 'ethnic' | 'education' | 'political'

const SEX = { '0': '未知的性别', '1': '男性', '2': '女性', '9': '未说明的性别' } as const

/** GB/T 3304-1991 in the order of the codes 01..56; every name takes 族. */
const ETHNIC_STEMS = (
  '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 ' +
  '柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 ' +
  '塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺'
).split(' ')

/** GB/T 3304-1991: code to full name, for example `05` to 维吾尔族. */
export const ETHNIC_GROUPS: Readonly<Record<string, string>> = Object.fromEntries(
  ETHNIC_STEMS.map((stem, index) => [String(index + 1).padStart(2, '0'), `${stem}族`]),
)

/** GB/T 4658-2006: code to name. 72 and 82 do not exist in the standard. */
export const EDUCATION_LEVELS: Readonly<Record<string, string>> = {
  '10': '研究生教育',
  '11': '博士研究生毕业',
  '12': '博士研究生结业',
  '13': '博士研究生肄业',
  '14': '硕士研究生毕业',
  '15': '硕士研究生结业',
  '16': '硕士研究生肄业',
  '17': '研究生班毕业',
  '18': '研究生班结业',
  '19': '研究生班肄业',
  '20': '大学本科教育',
  '21': '大学本科毕业',
  '22': '大学本科结业',
  '23': '大学本科肄业',
  '28': '大学普通班毕业',
  '30': '大学专科教育',
  '31': '大学专科毕业',
  '32': '大学专科结业',
  '33': '大学专科肄业',
  '40': '中等职业教育',
  '41': '中等专科毕业',
  '42': '中等专科结业',
  '43': '中等专科肄业',
  '44': '职业高中毕业',
  '45': '职业高中结业',
  '46': '职业高中肄业',
  '47': '技工学校毕业',
  '48': '技工学校结业',
  '49': '技工学校肄业',
  '60': '普通高级中学教育',
  '61': '普通高中毕业',
  '62': '普通高中结业',
  '63': '普通高中肄业',
  '70': '初级中学教育',
  '71': '初中毕业',
  '73': '初中肄业',
  '80': '小学教育',
  '81': '小学毕业',
  '83': '小学肄业',
  '90': '其他',
}

/** GB/T 4762-1984. */
export const POLITICAL_STATUSES: Readonly<Record<string, string>> = {
  '01': '中共党员',
  '02': '中共预备党员',
  '03': '共青团员',
  '04': '民革会员',
  '05': '民盟盟员',
  '06': '民建会员',
  '07': '民进会员',
  '08': '农工党党员',
  '09': '致公党党员',
  '10': '九三学社社员',
  '11': '台盟盟员',
  '12': '无党派民主人士',
  '13': '群众',
}

const TABLES: Readonly<Record<CodeTable, Readonly<Record<string, string>>>> = {
  sex: SEX,
  ethnic: ETHNIC_GROUPS,
  education: EDUCATION_LEVELS,
  political: POLITICAL_STATUSES,
}

/** The name of a code in its table, or null when the table has no such code. */
export function lookup(table: CodeTable, code: string): string | null {
  const names = TABLES[table]
  return Object.hasOwn(names, code) ? (names[code] ?? null) : null
}

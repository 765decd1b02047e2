/** Surnames of two characters in use today; every other Chinese surname is the first character. */
const DOUBLE_SURNAMES = new Set(
  '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 夏侯 端木 轩辕 宇文 长孙 南宫 独孤 澹台 公冶 申屠 太史 呼延 赫连 闻人 钟离 百里 东郭 西门 第五'.split(
    ' ',
  ),
)

/** The given name: what people type when they remember only that. Names such as 阿依古丽·买买提 count from the dot. */
export function givenNameOf(name: string): string {
  const dot = name.indexOf('·')
  if (dot > 0) return name.slice(dot + 1)
  const characters = [...name]
  if (!/\p{Script=Han}/u.test(name)) return name.slice(name.indexOf(' ') + 1).toLowerCase()
  const surname = characters.length > 2 && DOUBLE_SURNAMES.has(characters.slice(0, 2).join('')) ? 2 : 1
  return characters.slice(surname).join('') || name
}

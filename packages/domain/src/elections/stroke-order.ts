/**
 * Order of strokes of family names (姓氏笔画, ELEC-9), for ballot papers and lists of candidates: by number of strokes,
 * then by the order of strokes 横竖撇点折. The usual family names stand here in their printed order. The Unicode CLDR
 * collation `stroke` of Intl alone would not do: it sorts by radical within a number of strokes and counts 艹, 阝 and 辶
 * in their old forms. It places only the family names that are not among the usual ones: after those of their number.
 */
const strokes = new Intl.Collator('zh-u-co-stroke')

/** Usual family names by number of strokes from two on, each group in the order 横竖撇点折. */
export const USUAL_FAMILY_NAMES: readonly string[] = [
  '丁卜',
  '于万卫马',
  '王韦车牛毛仇卞文方尹孔邓',
  '甘艾古左石龙卢叶田史付白丛包冯兰司',
  '匡邢吉毕吕朱乔伍任华向庄刘齐闫关江汤安许阮孙纪',
  '严苏杜李杨连肖时吴岑邱何佟余谷狄邹应冷辛闵汪沙沈宋迟张陆陈邵',
  '武苗范林郁欧尚易罗季岳金周庞郑单郎房孟',
  '封项赵荆胡柯柏柳钟段侯俞饶施姜娄洪祝费姚贺骆',
  '秦袁聂莫贾夏顾柴钱徐翁凌高郭席唐涂陶桑',
  '黄萧梅曹戚龚盛常崔康章商阎梁',
  '彭葛董蒋韩景程傅焦鲁童曾温谢',
  '蓝蒙赖雷詹鲍解',
  '蔡臧裴管廖谭翟熊',
  '樊黎滕颜潘',
  '薛霍穆',
  '戴魏',
]

type Place = { readonly group: number; readonly at: number }
const PLACES: ReadonlyMap<string, Place> = new Map(
  USUAL_FAMILY_NAMES.flatMap((names, group) => [...names].map((name, at): [string, Place] => [name, { group, at }])),
)
/** Usual names whose number of strokes the collation counts as printed lists do: marks for placing the others. */
const MARKS = [...PLACES.keys()].sort(strokes.compare).reduce<string[]>((kept, name) => {
  const last = PLACES.get(kept.at(-1) ?? '')?.group ?? -1
  return (PLACES.get(name)?.group ?? -1) >= last ? [...kept, name] : kept
}, [])

/** A character outside the table belongs to the group of the last mark before it, at its end. */
function placeOf(character: string): Place {
  const usual = PLACES.get(character)
  if (usual) return usual
  const before = MARKS.findLast((name) => strokes.compare(name, character) <= 0)
  return { group: PLACES.get(before ?? '')?.group ?? -1, at: Number.MAX_SAFE_INTEGER }
}

function compareCharacters(a: string, b: string): number {
  const [one, other] = [placeOf(a), placeOf(b)]
  return one.group - other.group || one.at - other.at || strokes.compare(a, b)
}

// Family names of two characters (百家姓); they are sorted by their first character.
const COMPOUND = new Set(
  '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 梁丘 左丘 东门 西门'.split(
    ' ',
  ),
)

function partsOf(name: string): { family: readonly string[]; given: readonly string[] } {
  const characters = [...name.replace(/\s/g, '')]
  const length = characters.length > 2 && COMPOUND.has(characters.slice(0, 2).join('')) ? 2 : 1
  return { family: characters.slice(0, length), given: characters.slice(length) }
}

/** Compares two names: family name, then a given name of one character before one of two, then its characters. */
export function byStrokes(a: string, b: string): number {
  const [one, other] = [partsOf(a), partsOf(b)]
  return (
    compareCharacters(one.family[0] ?? '', other.family[0] ?? '') ||
    strokes.compare(one.family.join(''), other.family.join('')) ||
    one.given.length - other.given.length ||
    strokes.compare(one.given.join(''), other.given.join('')) ||
    (a < b ? -1 : a > b ? 1 : 0)
  )
}

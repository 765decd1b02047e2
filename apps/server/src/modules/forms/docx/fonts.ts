/** What Word is told to use, with the Latin companion and what stands in where the Chinese face is absent. */
export const FONT = {
  song: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia: '宋体' },
  fangsong: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia: '仿宋' },
} as const

const NAMES = [
  {
    name: '宋体',
    others: 'SimSun;NSimSun;Songti SC;Noto Serif CJK SC;Source Han Serif SC',
    panose: '02010600030101010101',
  },
  {
    name: '仿宋',
    others: 'FangSong;FangSong_GB2312;仿宋_GB2312;STFangsong;Noto Serif CJK SC',
    panose: '02010609060101010101',
  },
] as const

/**
 * The font table of the file (ECMA-376 part 1, 17.8.3): alternative names let Word, WPS and LibreOffice on systems
 * without 宋体 or 仿宋 choose a serif face of the same width instead of a sans-serif one.
 */
export function fontTableXml(): string {
  const fonts = NAMES.map(
    ({ name, others, panose }) =>
      `<w:font w:name="${name}"><w:altName w:val="${others}"/><w:panose1 w:val="${panose}"/><w:charset w:val="86"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>`,
  ).join('')
  const roman =
    '<w:font w:name="Times New Roman"><w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${fonts}${roman}</w:fonts>`
}

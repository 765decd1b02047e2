import { EDUCATION_LEVELS, ETHNIC_GROUPS } from '@tongxin/domain/identity/index'
import type { Language } from '../../platform/config.ts'
import { type WrittenRow, type WrittenSheet, writeXlsx } from '../../platform/spreadsheet/write.ts'
import { type TemplateTexts, templateTexts } from './template-texts.ts'

/** The workbook to fill in: how to fill it, organisations, members, and the words of the dictionaries. */
export async function rosterTemplate(language: Language): Promise<Buffer> {
  const texts = templateTexts(language)
  return await writeXlsx({ sheets: [guide(texts), organisations(texts), members(texts), dictionary(texts)] })
}

function guide({ sheets, guide: words, columns }: TemplateTexts): WrittenSheet {
  return {
    name: sheets.guide,
    columns: [
      { header: words.column, key: 'column', width: 22 },
      { header: words.how, key: 'how', width: 80 },
    ],
    rows: [
      ...words.lines.map((how): WrittenRow => ({ how })),
      ...Object.values(columns).map(({ heading, how }): WrittenRow => ({ column: heading, how })),
    ],
  }
}

function organisations({ sheets, organisations: headings, organisationKinds }: TemplateTexts): WrittenSheet {
  return {
    name: sheets.organisations,
    columns: Object.entries(headings).map(([key, header]) => ({
      header,
      key,
      width: key === 'name' || key === 'parent' ? 32 : 16,
      text: true,
      ...(key === 'kind' ? { choices: organisationKinds } : {}),
    })),
    rows: [],
  }
}

function members({ sheets, columns, sexes, categories }: TemplateTexts): WrittenSheet {
  const choices: Readonly<Record<string, readonly string[]>> = { sex: sexes, category: categories }
  return {
    name: sheets.members,
    columns: Object.entries(columns).map(([key, { heading }]) => ({
      header: heading,
      key,
      width: key === 'branch' || key === 'idNumber' ? 28 : 16,
      text: true,
      ...(choices[key] === undefined ? {} : { choices: choices[key] }),
    })),
    rows: [],
  }
}

function dictionary({
  sheets,
  dictionary: headings,
  sexes,
  categories,
  organisationKinds,
}: TemplateTexts): WrittenSheet {
  const lists: Readonly<Record<string, readonly string[]>> = {
    sex: sexes,
    category: categories,
    organisationKind: organisationKinds,
    ethnic: Object.values(ETHNIC_GROUPS),
    education: Object.values(EDUCATION_LEVELS),
  }
  const longest = Math.max(...Object.values(lists).map((list) => list.length))
  return {
    name: sheets.dictionary,
    columns: Object.entries(headings).map(([key, header]) => ({ header, key, width: 20 })),
    rows: Array.from({ length: longest }, (_, index) =>
      Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, list[index] ?? null])),
    ),
  }
}

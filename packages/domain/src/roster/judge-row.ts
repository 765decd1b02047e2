import { endOfMonth, yearsLater } from '../identity/calendar.ts'
import { parseCitizenId } from '../identity/citizen-id.ts'
import { readEducation, type WrittenEducation } from '../identity/education.ts'
import { readEthnic, type WrittenEthnic } from '../identity/ethnic-group.ts'
import { type MemberCategory, readMemberCategory } from '../identity/member-category.ts'
import { readName } from '../identity/person-name.ts'
import { readPhone } from '../identity/phone.ts'
import { readSex } from '../identity/sex.ts'
import { readDate, type WrittenDate } from '../identity/written-date.ts'
import { halfWidth, plain, saysNothing, trimmed, withoutBlanks } from '../identity/written-text.ts'
import { type ColumnMapping, type JudgedField, OTHER_DATE_FIELDS, type OtherField, TEXT_FIELDS } from './columns.ts'
import { nearestNames, organisationKey } from './nearest.ts'
import { type Outcome, outcomeOf, type ProblemCode, type Remark } from './problems.ts'
import { type Cell, cellAt, type SheetRow } from './sheet.ts'

/** A member as read from one row. Codes are of the national standards, dates ISO, absent facts null. */
export type RosterRecord = {
  readonly row: number
  readonly branch: string
  readonly name: string
  readonly sex: '1' | '2' | null
  readonly ethnic: string | null
  readonly idNumber: string | null
  readonly bornOn: string | null
  readonly education: string | null
  readonly category: MemberCategory | null
  readonly joinedOn: string | null
  readonly convertedOn: string | null
  readonly phone: string | null
  readonly others: { readonly [F in OtherField]?: string }
}

/** The judgement of one member row; `record` is null when the row is rejected. */
export type RowJudgement = {
  readonly row: number
  readonly outcome: Outcome
  readonly problems: readonly ProblemCode[]
  readonly remarks: readonly Remark[]
  readonly record: RosterRecord | null
}

/** What a judge knows beforehand. Without any known branch the names cannot be compared and are taken as written. */
export type JudgeOptions = {
  readonly today: string
  readonly columns: ColumnMapping
  readonly knownBranches: readonly string[]
  /** Short name to full name. */
  readonly aliases?: Readonly<Record<string, string>>
  readonly requireId: boolean
}

const PRECISE_DIGITS = 1e15

/** Remembers readings of the few distinct words of a column. */
function remembering<T>(read: (text: string) => T): (text: string) => T {
  const seen = new Map<string, T>()
  return (text) => {
    const known = seen.get(text)
    if (known !== undefined) return known
    const fresh = read(text)
    if (seen.size < 5000) seen.set(text, fresh)
    return fresh
  }
}

/** Judges the member rows of one file in order; it remembers their ID numbers to find the later of two equal ones. */
export class RowJudge {
  readonly #options: JudgeOptions
  readonly #columns: ColumnMapping
  readonly #known: ReadonlyMap<string, string>
  readonly #rowOfId = new Map<string, number>()
  readonly #sexOf = remembering((text) => ({ code: readSex(text) }))
  readonly #ethnicOf = remembering<WrittenEthnic>(readEthnic)
  readonly #educationOf = remembering<WrittenEducation>(readEducation)
  readonly #categoryOf = remembering((text) => ({ category: readMemberCategory(text) }))
  readonly #nearestTo: (text: string) => string[]
  readonly #keyOf = remembering(organisationKey)
  #problems = new Set<ProblemCode>()
  #remarks: Remark[] = []

  constructor(options: JudgeOptions) {
    this.#options = options
    this.#columns = options.columns
    this.#known = new Map([
      ...Object.entries(options.aliases ?? {}).map(([alias, name]) => [organisationKey(alias), name] as const),
      ...options.knownBranches.map((name) => [organisationKey(name), name] as const),
    ])
    this.#nearestTo = remembering((text) => nearestNames(text, options.knownBranches))
  }

  /** Judges one member row that belongs to the branch named `branch` (empty when the file names none). */
  judge(row: SheetRow, branch: string): RowJudgement {
    this.#problems = new Set()
    this.#remarks = []
    const name = this.#name(row)
    const home = this.#branch(branch)
    const { idNumber, birth, sexOfId } = this.#idNumber(row)
    const sex = this.#sex(row, sexOfId)
    const bornOn = this.#bornOn(row, birth)
    const joinedOn = this.#joinedOn(row, birth ?? bornOn)
    const convertedOn = this.#date(row, 'convertedOn')?.iso ?? null
    const category = this.#category(row, joinedOn)
    const ethnic = this.#ethnic(row)
    const education = this.#education(row)
    const phone = this.#phone(row)
    const outcome = name === null ? 'reject' : outcomeOf(this.#problems)
    const others = outcome === 'reject' ? {} : this.#others(row)
    const record: RosterRecord = {
      row: row.row,
      branch: home,
      name: name ?? '',
      sex,
      ethnic,
      idNumber,
      bornOn: birth ?? bornOn,
      education,
      category,
      joinedOn,
      convertedOn,
      phone,
      others,
    }
    return {
      row: row.row,
      outcome,
      problems: [...this.#problems].sort(),
      remarks: this.#remarks,
      record: outcome === 'reject' ? null : record,
    }
  }

  #cell(row: SheetRow, field: JudgedField): Cell {
    const column = this.#columns[field]
    return column === undefined ? { kind: 'empty', text: '' } : cellAt(row, column)
  }

  /** The name, empty when it is a formula, null when there is none. */
  #name(row: SheetRow): string | null {
    const cell = this.#cell(row, 'name')
    const { name, spaceRemoved, isFormula } = readName(cell.text)
    if (isFormula || cell.kind === 'formula') {
      this.#problems.add('name.formula')
      return ''
    }
    if (name === '') {
      this.#remarks.push({ code: 'name.missing' })
      return null
    }
    if (spaceRemoved) this.#problems.add('name.space_removed')
    return name
  }

  #branch(written: string): string {
    if (this.#known.size === 0 && !saysNothing(written)) return trimmed(written)
    const known = this.#known.get(this.#keyOf(written))
    if (known !== undefined) return known
    this.#problems.add('branch.unknown')
    if (saysNothing(written)) this.#remarks.push({ code: 'branch.missing' })
    else this.#remarks.push({ code: 'branch.nearest', read: trimmed(written), names: this.#nearestTo(written) })
    return ''
  }

  #idNumber(row: SheetRow): { idNumber: string | null; birth: string | null; sexOfId: '1' | '2' | null } {
    const nothing = { idNumber: null, birth: null, sexOfId: null }
    const cell = this.#cell(row, 'idNumber')
    const written = cell.text.replace(/^="(.*)"$/s, '$1').replace(/^'/, '')
    if (saysNothing(written)) {
      if (this.#options.requireId) this.#problems.add('id.missing')
      return nothing
    }
    const half = halfWidth(written)
    const bare = withoutBlanks(half)
    if (/[！-～]/.test(written)) this.#problems.add('id.fullwidth_normalised')
    if (bare.length !== half.length || written.length !== cell.text.length) this.#problems.add('id.trimmed')
    if (
      /^\d(?:\.\d+)?E\+?0*1[4-9]$/i.test(bare) ||
      (cell.kind === 'number' && Math.abs(Number(bare)) >= PRECISE_DIGITS)
    ) {
      this.#problems.add('id.precision_lost')
      return nothing
    }
    const id = parseCitizenId(bare, this.#options.today)
    if (!id.valid) {
      // Fifteen digits and zeros are what a number cell leaves of eighteen when it is exported.
      this.#problems.add(id.reason === 'check' && bare.endsWith('000') ? 'id.precision_lost' : 'id.bad_check_digit')
      if (id.reason !== 'check') this.#remarks.push({ code: 'id.malformed', read: id.reason })
      return nothing
    }
    const idNumber = bare.toUpperCase()
    if (idNumber !== bare) this.#remarks.push({ code: 'id.lowercase_x' })
    this.#notice(idNumber, row.row)
    return { idNumber, birth: id.birth, sexOfId: id.sex }
  }

  #notice(idNumber: string, row: number): void {
    const earlier = this.#rowOfId.get(idNumber)
    if (earlier === undefined) {
      this.#rowOfId.set(idNumber, row)
      return
    }
    this.#problems.add('id.duplicate_in_file')
    this.#remarks.push({ code: 'duplicate.of_row', ofRow: earlier })
  }

  #sex(row: SheetRow, sexOfId: '1' | '2' | null): '1' | '2' | null {
    const { text } = this.#cell(row, 'sex')
    const sex = this.#sexOf(text).code
    if (sex === null && this.#columns.sex !== undefined) {
      this.#remarks.push(saysNothing(text) ? { code: 'sex.missing' } : { code: 'sex.unread', read: trimmed(text) })
    }
    if (sex !== null && sexOfId !== null && sex !== sexOfId) this.#problems.add('sex.contradicts_id')
    return sex ?? sexOfId
  }

  /** Reads a date column; null when it is empty. Emits the codes for the way it is written. */
  #date(row: SheetRow, field: 'bornOn' | 'joinedOn' | 'convertedOn'): WrittenDate | null {
    const cell = this.#cell(row, field)
    if (saysNothing(cell.text)) return null
    const date = readDate(cell.text)
    if (date.form === 'impossible' || (date.iso !== null && date.iso > this.#options.today)) {
      this.#problems.add('date.impossible')
      return { form: 'impossible', iso: null }
    }
    if (date.form === 'dotted') this.#problems.add('date.dotted')
    if (date.form === 'compact') this.#problems.add('date.compact')
    if (date.form === 'serial') this.#remarks.push({ code: 'date.serial', field, read: date.iso })
    return date
  }

  #needsDay(date: WrittenDate | null, field: string): void {
    if (date?.form !== 'month' && date?.form !== 'year') return
    this.#problems.add('date.day_missing')
    if (date.iso !== null) this.#remarks.push({ code: 'date.read_as', field, read: date.iso })
  }

  #bornOn(row: SheetRow, birth: string | null): string | null {
    const date = this.#date(row, 'bornOn')
    if (birth === null) this.#needsDay(date, 'bornOn')
    if (date === null || date.iso === null || birth === null) return date?.iso ?? null
    const contradicts = date.form === 'month' ? date.iso.slice(0, 7) !== birth.slice(0, 7) : date.iso !== birth
    if (contradicts) this.#remarks.push({ code: 'born.contradicts_id', read: date.iso })
    return date.iso
  }

  /** Nobody is admitted before the day of turning eighteen (Constitution of the Party, article 1). */
  #joinedOn(row: SheetRow, bornOn: string | null): string | null {
    const date = this.#date(row, 'joinedOn')
    if (date === null && this.#columns.joinedOn !== undefined) this.#remarks.push({ code: 'joined.missing' })
    this.#needsDay(date, 'joinedOn')
    if (date === null || date.iso === null) return null
    const latest = date.form === 'month' ? endOfMonth(date.iso) : date.iso
    if (bornOn !== null && latest < yearsLater(bornOn, 18)) this.#problems.add('joined.before_eighteen')
    return date.iso
  }

  #category(row: SheetRow, joinedOn: string | null): MemberCategory | null {
    const { text } = this.#cell(row, 'category')
    if (saysNothing(text)) {
      if (this.#columns.category !== undefined) this.#remarks.push({ code: 'category.missing' })
      return null
    }
    const { category } = this.#categoryOf(text)
    if (category === null) this.#remarks.push({ code: 'category.unread', read: trimmed(text) })
    if (category === 'probationary' && joinedOn !== null && yearsLater(joinedOn, 1) < this.#options.today) {
      this.#remarks.push({ code: 'probation.over_year', field: 'joinedOn', read: joinedOn })
    }
    return category
  }

  #ethnic(row: SheetRow): string | null {
    const { text } = this.#cell(row, 'ethnic')
    if (saysNothing(text)) return null
    const { code, form } = this.#ethnicOf(text)
    if (form === 'colloquial') this.#problems.add('ethnic.colloquial')
    if (form === 'unknown') this.#remarks.push({ code: 'ethnic.unread', read: trimmed(text) })
    return code
  }

  #education(row: SheetRow): string | null {
    const { text } = this.#cell(row, 'education')
    if (saysNothing(text)) return null
    const { code, isReading } = this.#educationOf(text)
    if (code === null) this.#remarks.push({ code: 'education.unread', read: trimmed(text) })
    else if (isReading) this.#remarks.push({ code: 'education.read_as', read: code })
    return code
  }

  #phone(row: SheetRow): string | null {
    const { text } = this.#cell(row, 'phone')
    const written = text.replace(/^="(.*)"$/s, '$1').replace(/^'/, '')
    if (saysNothing(written)) return null
    const { number, isMobile, isChanged } = readPhone(written)
    if (!isMobile) this.#problems.add('phone.not_mobile')
    else if (isChanged) this.#problems.add('phone.normalised')
    return number
  }

  #others(row: SheetRow): { [F in OtherField]?: string } {
    const others: { [F in OtherField]?: string } = {}
    for (const field of TEXT_FIELDS) {
      const column = this.#columns[field]
      const text = column === undefined ? '' : trimmed(cellAt(row, column).text)
      if (!saysNothing(text)) others[field] = text.slice(0, 1000)
    }
    for (const field of OTHER_DATE_FIELDS) {
      const column = this.#columns[field]
      const text = column === undefined ? '' : plain(cellAt(row, column).text)
      if (saysNothing(text)) continue
      const { iso } = readDate(text)
      if (iso === null) this.#remarks.push({ code: 'date.unread', field, read: text.slice(0, 40) })
      else others[field] = iso
    }
    return others
  }
}

import type { PaperBlock } from './forms.blocks.ts'
import type { Cover } from './forms.cover.ts'
import type { PrintedPicture } from './forms.pictures.ts'

/**
 * What each printed form needs, as plain objects that can be posted to the printing worker. Instants are UTC ISO
 * strings and printed in Asia/Shanghai; dates are `YYYY-MM-DD`; `null` prints as an empty place to fill in by hand.
 * Values arrive already masked as the reader may see them: forms decide nothing about secrecy.
 */
export type FormLanguage = 'zh-CN' | 'en'
export type FormFormat = 'pdf' | 'docx'

export type FormBase = {
  readonly language?: FormLanguage
  /** Full name of the organisation that issues the form. */
  readonly organisation: string
  /** Instant of printing: document properties and the foot line. */
  readonly printedAt: string
}

/** Counts as the meetings module determined them; `null` is left blank for the pen. */
export type AttendanceCounts = {
  readonly expected: number | null
  readonly present: number | null
  readonly onLeave: number | null
  readonly absent: number | null
  readonly observers: number | null
}

export type MeetingFacts = {
  readonly title: string
  /** Names of the meeting types in the document's language. */
  readonly types: readonly string[]
  readonly startsAt: string
  readonly endsAt: string | null
  readonly place: string
  readonly chair: string | null
  readonly recorder: string | null
}

export type AttendanceMark = 'open' | 'present' | 'late' | 'on_leave' | 'absent'

export type AttendanceSheet = FormBase & {
  readonly meeting: MeetingFacts
  readonly counts: AttendanceCounts
  readonly people: readonly {
    readonly name: string
    readonly memberNumber: string | null
    /** What the person is in the organisation, in the document's language: 正式党员, 预备党员, 入党积极分子 … */
    readonly standing: string
    readonly observer: boolean
    readonly mark: AttendanceMark
    readonly checkedInAt: string | null
    readonly remark: string | null
  }[]
}

type Erratum = { readonly at: string; readonly by: string; readonly text: string; readonly reason: string }

export type Minutes = FormBase & {
  readonly meeting: MeetingFacts
  /** Sequence of the session, e.g. 2026年第3次. */
  readonly session: string | null
  readonly counts: AttendanceCounts
  readonly present: readonly string[]
  readonly onLeave: readonly { readonly name: string; readonly reason: string | null }[]
  readonly absent: readonly { readonly name: string; readonly reason: string | null }[]
  readonly observers: readonly string[]
  readonly agenda: readonly { readonly title: string; readonly reporter: string | null }[]
  readonly discussion: readonly { readonly speaker: string | null; readonly words: string }[]
  readonly resolutions: readonly {
    readonly text: string
    readonly vote: {
      readonly eligible: number
      readonly presentEligible: number
      readonly inFavour: number
      readonly against: number
      readonly abstained: number
    } | null
    readonly carried: boolean | null
    /** The article behind the majority, e.g. 《中国共产党支部工作条例（试行）》第十一条. */
    readonly rule: string | null
  }[]
  readonly tasks: readonly { readonly what: string; readonly who: string; readonly dueOn: string | null }[]
  readonly signatures: readonly {
    readonly as: 'chair' | 'secretary' | 'recorder'
    readonly name: string | null
    readonly signedAt: string | null
  }[]
  readonly errata: readonly Erratum[]
  readonly photos: readonly PrintedPicture[]
}

export type MeetingNotice = FormBase & {
  readonly meeting: MeetingFacts
  readonly documentNumber: string | null
  /** Whom the letter addresses, e.g. 各位党员. */
  readonly addressees: string
  readonly participants: string
  readonly agenda: readonly string[]
  readonly requirements: readonly string[]
  readonly contact: { readonly name: string; readonly phone: string | null } | null
  readonly issuedOn: string
}

export type ActivationSlips = FormBase & {
  /** Address of the site as people type it, e.g. https://party.example.edu.cn. */
  readonly siteUrl: string
  readonly contact: { readonly name: string; readonly phone: string | null } | null
  readonly slips: readonly {
    readonly organisation: string
    readonly name: string
    readonly memberNumber: string
    /** The complete activation address, printed as a QR code. */
    readonly activationUrl: string
    /** The one-time code; spaces and hyphens are ignored, it is printed in groups of four. */
    readonly code: string
    readonly expiresAt: string
  }[]
}

/** A register whose words come with it: one list of cells a row, in the order of the columns. */
export type Register = FormBase & {
  readonly title: string
  readonly subtitle: string
  /** Widths are shares of the line; `isLong` cells are set from the left. */
  readonly columns: readonly { readonly header: string; readonly width: number; readonly isLong?: boolean }[]
  readonly rows: readonly (readonly (string | null)[])[]
}

export type MemberRoster = FormBase & {
  readonly asOf: string
  /** Figures of the cover; a roster without them has none. */
  readonly cover?: { readonly formal: number; readonly probationary: number; readonly branches: number }
  readonly members: readonly {
    readonly name: string
    readonly gender: string | null
    readonly ethnicity: string | null
    readonly bornOn: string | null
    readonly idNumber: string | null
    readonly education: string | null
    readonly joinedOn: string | null
    readonly fullSince: string | null
    readonly standing: string
    readonly post: string | null
    readonly workplace: string | null
    readonly phone: string | null
    readonly remark: string | null
  }[]
}

export type MemberFormField =
  | 'name'
  | 'formerName'
  | 'gender'
  | 'ethnicity'
  | 'bornOn'
  | 'nativePlace'
  | 'birthplace'
  | 'idNumber'
  | 'memberNumber'
  | 'maritalStatus'
  | 'health'
  | 'workingSince'
  | 'education'
  | 'degree'
  | 'school'
  | 'inServiceEducation'
  | 'workplace'
  | 'occupation'
  | 'title'
  | 'phone'
  | 'email'
  | 'householdAddress'
  | 'homeAddress'
  | 'emergencyContact'
  | 'standing'
  | 'appliedOn'
  | 'activistOn'
  | 'candidateOn'
  | 'joinedOn'
  | 'fullSince'
  | 'joinedBranch'
  | 'introducers'
  | 'branch'
  | 'enteredOn'
  | 'post'
  | 'mobility'
  | 'duesPaidThrough'
  | 'dossierPlace'

export type MemberForm = FormBase & {
  readonly fields: Readonly<Partial<Record<MemberFormField, string | null>>>
  /** JPEG or PNG bytes of the portrait; absent prints the empty place for one. */
  readonly photo?: Uint8Array
  readonly education: readonly {
    readonly from: string | null
    readonly to: string | null
    readonly school: string
    readonly result: string | null
  }[]
  readonly career: readonly {
    readonly from: string | null
    readonly to: string | null
    readonly workplace: string
    readonly post: string | null
  }[]
  readonly honours: readonly { readonly on: string | null; readonly what: string; readonly by: string | null }[]
  readonly family: readonly {
    readonly relation: string
    readonly name: string
    readonly bornOn: string | null
    readonly political: string | null
    readonly workplace: string | null
  }[]
}

export type OrganisationForm = FormBase & {
  readonly asOf: string
  readonly facts: {
    readonly shortName: string | null
    readonly code: string | null
    readonly kind: string
    readonly parent: string | null
    readonly foundedOn: string | null
    readonly foundingDocument: string | null
    readonly hostUnit: string | null
    readonly hostUnitCode: string | null
    readonly hostUnitNature: string | null
    readonly secretary: string | null
    readonly contact: string | null
    readonly phone: string | null
    readonly address: string | null
    readonly termFrom: string | null
    readonly termTo: string | null
    readonly termYears: number | null
    readonly grading: string | null
  }
  readonly headcount: {
    readonly members: number
    readonly full: number
    readonly probationary: number
    readonly women: number | null
    readonly minorities: number | null
    readonly upTo35: number | null
    readonly from60: number | null
    readonly college: number | null
    readonly subordinate: number
  }
  readonly committee: readonly {
    readonly post: string
    readonly name: string
    readonly gender: string | null
    readonly bornOn: string | null
    readonly joinedOn: string | null
    readonly heldSince: string | null
  }[]
  readonly changes: readonly { readonly on: string; readonly what: string; readonly documentNumber: string | null }[]
}

/** Letters of introduction in three parts; names are those that the letter was issued with. */
export type TransferLetters = FormBase & {
  readonly letters: readonly {
    readonly number: string
    /** How often it was printed before: 0 is the original. */
    readonly reprint: number
    readonly name: string
    readonly standing: string
    /** A member pays dues and has a relation; somebody on the way to membership has a case that goes along. */
    readonly isMember: boolean
    readonly from: string
    readonly to: string
    readonly committee: string
    readonly reason: string
    readonly handler: string | null
    /** `YYYY-MM`. */
    readonly duesPaidUntil: string | null
    readonly validDays: number | null
    readonly issuedOn: string | null
    readonly validUntil: string | null
    readonly contact: {
      readonly name?: string
      readonly phone?: string
      readonly fax?: string
      readonly postcode?: string
      readonly address?: string
    }
  }[]
}

/** What the receiving side sends back. */
export type TransferReceipts = FormBase & {
  readonly receipts: readonly {
    readonly number: string
    readonly reprint: number
    readonly name: string
    /** The committee that issued the letter. */
    readonly addressee: string
    readonly place: string
    readonly handler: string | null
    readonly phone: string | null
    readonly receivedOn: string | null
  }[]
}

/** A paper composed by the module that owns the record, words included. */
export type Paper = FormBase & {
  readonly cover?: Cover
  readonly title: string
  readonly style: 'letter' | 'record'
  readonly orientation?: 'portrait' | 'landscape'
  readonly blocks: readonly PaperBlock[]
}

/** One order to the printer: the kind decides the type of the facts; slips exist on paper only. */
export type PrintOrder =
  | { readonly kind: 'attendance_sheet'; readonly format: FormFormat; readonly facts: AttendanceSheet }
  | { readonly kind: 'minutes'; readonly format: FormFormat; readonly facts: Minutes }
  | { readonly kind: 'meeting_notice'; readonly format: FormFormat; readonly facts: MeetingNotice }
  | { readonly kind: 'activation_slips'; readonly format: 'pdf'; readonly facts: ActivationSlips }
  | { readonly kind: 'member_roster'; readonly format: FormFormat; readonly facts: MemberRoster }
  | { readonly kind: 'register'; readonly format: FormFormat; readonly facts: Register }
  | { readonly kind: 'paper'; readonly format: FormFormat; readonly facts: Paper }
  | { readonly kind: 'member_form'; readonly format: FormFormat; readonly facts: MemberForm }
  | { readonly kind: 'organisation_form'; readonly format: FormFormat; readonly facts: OrganisationForm }
  | { readonly kind: 'transfer_letters'; readonly format: FormFormat; readonly facts: TransferLetters }
  | { readonly kind: 'transfer_receipts'; readonly format: FormFormat; readonly facts: TransferReceipts }

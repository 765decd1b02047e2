import type { MemberFormField } from '../forms.types.ts'

/** Every printed word of the forms that is not a fact. Both languages are complete by type. */
export type FormTexts = {
  readonly page: (page: number, pages: number) => string
  readonly pageParts: readonly [string, string, string]
  readonly colon: string
  readonly comma: string
  readonly stop: string
  readonly printedAt: string
  readonly sealHere: string
  readonly blankDate: string
  readonly none: string
  readonly index: string
  readonly name: string
  readonly memberNumber: string
  readonly signature: string
  readonly remark: string
  readonly standing: string
  readonly attendance: {
    readonly title: string
    readonly meeting: string
    readonly types: string
    readonly time: string
    readonly place: string
    readonly chair: string
    readonly recorder: string
    readonly checkedIn: string
    readonly observers: string
    readonly counts: {
      readonly expected: string
      readonly present: string
      readonly onLeave: string
      readonly absent: string
      readonly observers: string
    }
    readonly persons: string
    readonly marks: {
      readonly open: string
      readonly present: string
      readonly late: string
      readonly on_leave: string
      readonly absent: string
    }
    readonly verified: string
  }
  readonly minutes: {
    readonly title: string
    readonly session: string
    readonly presentPeople: string
    readonly leavePeople: string
    readonly absentPeople: string
    readonly observerPeople: string
    readonly agenda: string
    readonly reporter: string
    readonly discussion: string
    readonly resolutions: string
    readonly vote: (v: {
      eligible: number
      presentEligible: number
      inFavour: number
      against: number
      abstained: number
    }) => string
    readonly carried: string
    readonly lost: string
    readonly rule: string
    readonly tasks: string
    readonly photos: string
    readonly task: string
    readonly who: string
    readonly dueOn: string
    readonly signAs: { readonly chair: string; readonly secretary: string; readonly recorder: string }
    readonly errata: string
    readonly erratum: (at: string, by: string) => string
    readonly reason: string
  }
  readonly notice: {
    readonly title: (meeting: string) => string
    readonly opening: (organisation: string, meeting: string) => string
    readonly time: string
    readonly place: string
    readonly participants: string
    readonly agenda: string
    readonly requirements: string
    readonly contact: string
    readonly ordinals: readonly string[]
  }
  readonly slips: {
    readonly heading: string
    readonly code: string
    readonly until: string
    readonly steps: readonly [string, string, string]
    readonly keep: string
    readonly help: string
    readonly coverTitle: string
    readonly coverLead: (count: number) => string
    readonly coverPage: string
    readonly received: string
    readonly sheet: string
  }
  readonly roster: {
    readonly title: string
    readonly asOf: string
    readonly total: (count: number) => string
    readonly people: string
    readonly peopleBy: (all: number, formal: number, probationary: number) => string
    readonly branches: string
    readonly printed: string
    readonly compiledBy: string
    readonly checkedBy: string
    readonly inCharge: string
    readonly gender: string
    readonly ethnicity: string
    readonly bornOn: string
    readonly idNumber: string
    readonly education: string
    readonly joinedOn: string
    readonly fullSince: string
    readonly post: string
    readonly workplace: string
    readonly phone: string
  }
  readonly member: {
    readonly title: string
    readonly photo: string
    readonly fields: Readonly<Record<MemberFormField, string>>
    readonly identity: string
    readonly party: string
    readonly education: string
    readonly career: string
    readonly honours: string
    readonly family: string
    readonly from: string
    readonly to: string
    readonly school: string
    readonly result: string
    readonly workplace: string
    readonly post: string
    readonly on: string
    readonly what: string
    readonly by: string
    readonly relation: string
    readonly political: string
    readonly promise: string
    readonly self: string
    readonly branchOpinion: string
    readonly date: string
  }
  readonly organisation: {
    readonly title: string
    readonly facts: Readonly<
      Record<
        | 'name'
        | 'shortName'
        | 'code'
        | 'kind'
        | 'parent'
        | 'foundedOn'
        | 'foundingDocument'
        | 'hostUnit'
        | 'hostUnitCode'
        | 'hostUnitNature'
        | 'secretary'
        | 'contact'
        | 'phone'
        | 'address'
        | 'term'
        | 'termYears'
        | 'grading',
        string
      >
    >
    readonly headcount: string
    readonly counts: Readonly<
      Record<
        'members' | 'full' | 'probationary' | 'women' | 'minorities' | 'upTo35' | 'from60' | 'college' | 'subordinate',
        string
      >
    >
    readonly committee: string
    readonly heldSince: string
    readonly changes: string
    readonly on: string
    readonly change: string
    readonly documentNumber: string
    readonly filledBy: string
    readonly checkedBy: string
  }
}

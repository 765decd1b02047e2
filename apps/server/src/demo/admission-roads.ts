export type Road = {
  readonly category: 'applicant' | 'activist' | 'candidate' | 'probationary'
  /** Days ago of each step, in the order in which they were taken. */
  readonly steps: readonly (readonly [step: number, daysAgo: number])[]
  readonly reviews?: readonly (readonly [kind: string, daysAgo: number])[]
  /** The last step waits for the level above. */
  readonly waits?: true
  /** Put aside for a while. */
  readonly paused?: string
}

const BEGUN = (ago: number): Road['steps'] => [
  [1, ago],
  [2, ago - 15],
  [3, ago - 30],
  [4, ago - 35],
  [5, ago - 36],
]
const CHOSEN = (ago: number): Road['steps'] => [
  [6, ago],
  [7, ago - 3],
  [8, ago - 8],
]
const PREPARED = (ago: number): Road['steps'] => [
  [9, ago],
  [10, ago - 6],
  [11, ago - 12],
]
const ADMITTED = (ago: number): Road['steps'] => [
  [12, ago + 40],
  [13, ago + 20],
  [14, ago + 10],
  [15, ago],
  [16, ago - 5],
  [17, ago - 12],
  [18, ago - 14],
  [19, ago - 14],
  [20, ago - 25],
]

/** Roads in every stage: in time, due soon, overdue, blocked by a missing review, waiting above, paused. */
export const ROADS: readonly Road[] = [
  { category: 'applicant', steps: [[1, 6]] },
  { category: 'applicant', steps: [[1, 47]] },
  {
    category: 'applicant',
    steps: [
      [1, 80],
      [2, 62],
    ],
  },
  {
    category: 'applicant',
    steps: [
      [1, 24],
      [2, 12],
    ],
    paused: '本人出国交流半年',
  },
  {
    category: 'activist',
    steps: BEGUN(300),
    reviews: [
      ['thought_report', 190],
      ['half_year', 92],
      ['thought_report', 90],
    ],
  },
  { category: 'activist', steps: BEGUN(330), reviews: [['thought_report', 205]] },
  {
    category: 'activist',
    steps: [
      [1, 70],
      [2, 50],
      [3, 5],
      [4, 2],
    ],
    waits: true,
  },
  { category: 'activist', steps: BEGUN(470), reviews: [['half_year', 250]] },
  {
    category: 'candidate',
    steps: [...BEGUN(600), ...CHOSEN(160), ...PREPARED(110), [12, 34], [13, 25], [14, 20]],
    reviews: [
      ['half_year', 386],
      ['half_year', 202],
    ],
  },
  {
    category: 'candidate',
    steps: [...BEGUN(580), ...CHOSEN(120), [9, 70]],
    reviews: [
      ['half_year', 368],
      ['half_year', 184],
    ],
  },
  {
    category: 'candidate',
    steps: [...BEGUN(560), [6, 20], [7, 12], [8, 4]],
    reviews: [
      ['half_year', 346],
      ['half_year', 164],
      ['thought_report', 60],
    ],
    waits: true,
  },
  {
    category: 'probationary',
    steps: [...BEGUN(1080), ...CHOSEN(560), ...PREPARED(480), ...ADMITTED(330)],
    reviews: [
      ['half_year', 860],
      ['half_year', 680],
      ['probation_quarter', 240],
      ['probation_quarter', 148],
      ['probation_quarter', 58],
    ],
  },
  {
    category: 'probationary',
    steps: [...BEGUN(1140), ...CHOSEN(620), ...PREPARED(540), ...ADMITTED(376), [21, 45], [22, 40]],
    reviews: [
      ['half_year', 920],
      ['half_year', 740],
      ['probation_quarter', 296],
      ['probation_quarter', 205],
      ['probation_quarter', 114],
    ],
  },
]

/** What is known of one topic in the window. `ratingSum` of `ratings` ratings from 1 to 5. */
export type TopicFigures = {
  readonly id: string
  readonly title: string
  readonly supporters: number
  readonly enrolled: number
  readonly completed: number
  readonly ratings: number
  readonly ratingSum: number
}
export type WantedTopic = TopicFigures & {
  readonly score: number
  /** In tenths; null below the least number of ratings, so that no single opinion is shown. */
  readonly mean: number | null
}

/**
 * `prior`: the mean rating of all topics of the window in hundredths, that a topic with few ratings is drawn to; it
 * weighs as many ratings as `priorWeight`. Fewer than `leastRatings` are neither shown nor counted.
 */
export type WantedTerms = { readonly prior: number; readonly priorWeight: number; readonly leastRatings: number }

export const PRIOR_WEIGHT = 5
export const LEAST_RATINGS = 3
/** Where nobody has rated anything yet: the middle of the scale. */
const MIDDLE = 300

export function termsOf(topics: readonly TopicFigures[]): WantedTerms {
  const counted = topics.filter(({ ratings }) => ratings >= LEAST_RATINGS)
  const ratings = counted.reduce((sum, topic) => sum + topic.ratings, 0)
  const stars = counted.reduce((sum, topic) => sum + topic.ratingSum, 0)
  const prior = ratings === 0 ? MIDDLE : Math.round((100 * stars) / ratings)
  return { prior, priorWeight: PRIOR_WEIGHT, leastRatings: LEAST_RATINGS }
}

/** supporters + enrolments + completions + 10 × (m·C + Σ stars) / (m + n), in tenths. */
export function scoreOf(topic: TopicFigures, { prior, priorWeight, leastRatings }: WantedTerms): number {
  const [n, stars] = topic.ratings >= leastRatings ? [topic.ratings, topic.ratingSum] : [0, 0]
  const rating = (priorWeight * (prior / 100) + stars) / (priorWeight + n)
  return Math.round(10 * (topic.supporters + topic.enrolled + topic.completed + 10 * rating))
}

/** The most wanted topics, the best first; equal ones by support, then by title. */
export function mostWanted(topics: readonly TopicFigures[], most: number): { rows: WantedTopic[]; terms: WantedTerms } {
  const terms = termsOf(topics)
  const rows = topics
    .map((topic) => ({
      ...topic,
      score: scoreOf(topic, terms),
      mean: topic.ratings < terms.leastRatings ? null : Math.round((10 * topic.ratingSum) / topic.ratings),
    }))
    .sort((a, b) => b.score - a.score || b.supporters - a.supporters || (a.title < b.title ? -1 : 1))
  return { rows: rows.slice(0, most), terms }
}

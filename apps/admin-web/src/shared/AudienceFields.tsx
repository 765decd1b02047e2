import { AUDIENCE_KINDS, AUDIENCE_LEVELS, AUDIENCE_POSTS, type Audience } from '@tongxin/contract/learning.words'
import { useTranslation } from 'react-i18next'

/** Boxes of a set: each on or off. */
export function Boxes<V extends string>(props: {
  label: string
  help?: string
  options: readonly { value: V; label: string }[]
  value: readonly V[]
  onChange: (value: V[]) => void
}) {
  return (
    <fieldset className="boxes">
      <legend>{props.label}</legend>
      {props.options.map((option) => (
        <label key={option.value}>
          <input
            type="checkbox"
            checked={props.value.includes(option.value)}
            onChange={(event) =>
              props.onChange(
                event.target.checked
                  ? [...props.value, option.value]
                  : props.value.filter((value) => value !== option.value),
              )
            }
          />
          {option.label}
        </label>
      ))}
      {props.help ? <span className="tx-help">{props.help}</span> : null}
    </fieldset>
  )
}

type People = Pick<Audience, 'kinds' | 'posts' | 'levels'>

/** Who of a unit something is for: kinds of people, and posts with their level. */
export function PeopleFields({ people, onChange }: { people: People; onChange: (people: People) => void }) {
  const { t } = useTranslation()
  const of = <V extends string>(words: string, values: readonly V[]) =>
    values.map((value) => ({ value, label: t(`words.learning.${words}.${value}` as string) }))
  return (
    <>
      <Boxes
        label={t('learning.audienceKinds')}
        options={of('audienceKind', AUDIENCE_KINDS)}
        value={people.kinds}
        onChange={(kinds) => kinds.length > 0 && onChange({ ...people, kinds })}
      />
      <Boxes
        label={t('learning.audiencePosts')}
        help={t('learning.audiencePostsHint')}
        options={of('audiencePost', AUDIENCE_POSTS)}
        value={people.posts}
        onChange={(posts) => onChange({ ...people, posts, levels: posts.length === 0 ? [] : people.levels })}
      />
      {people.posts.length > 0 ? (
        <Boxes
          label={t('learning.audienceLevels')}
          options={of('audienceLevel', AUDIENCE_LEVELS)}
          value={people.levels}
          onChange={(levels) => onChange({ ...people, levels })}
        />
      ) : null}
    </>
  )
}

/** The audience in one line: kinds, then posts and where they are held. */
export function usePeopleWords(): (people: People) => string {
  const { t } = useTranslation()
  const of = (words: string, values: readonly string[]) =>
    values.map((value) => t(`words.learning.${words}.${value}` as string)).join('、')
  return ({ kinds, posts, levels }) =>
    [of('audienceKind', kinds), of('audiencePost', posts), of('audienceLevel', levels)]
      .filter((part) => part !== '')
      .join(' · ')
}

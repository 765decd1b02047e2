import type { Reply } from '@tongxin/contract/endpoint'
import type { readTalkMatrix } from '@tongxin/contract/meetings.talks'
import { Lamp, WhyArticle } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

export type Matrix = Reply<typeof readTalkMatrix>

/** The committee across, everyone down: the last day of a talk, or a dash where one is still owed this year. */
export function TalkMatrix({ matrix }: { matrix: Matrix }) {
  const { t, i18n } = useTranslation()
  const committee = matrix.people.filter(({ isCommittee }) => isCommittee)
  const lastOn = new Map(
    matrix.pairs.flatMap((pair) => [
      [`${pair.firstId}/${pair.secondId}`, pair.lastOn] as const,
      [`${pair.secondId}/${pair.firstId}`, pair.lastOn] as const,
    ]),
  )
  const isDone = matrix.demanded > 0 && matrix.done === matrix.demanded
  return (
    <section className="life-part" aria-label={t('meetings.talk.matrix')}>
      <p>
        <Lamp state={matrix.demanded === 0 ? 'idle' : isDone ? 'ok' : 'warn'}>
          {matrix.demanded === 0
            ? t('meetings.talk.noCommittee')
            : t('meetings.talk.progress', { done: matrix.done, demanded: matrix.demanded })}
        </Lamp>
      </p>
      <WhyArticle
        source={i18n.language.startsWith('zh') ? matrix.citation.zh : matrix.citation.en}
        article={matrix.ruleId}
      />
      {matrix.mayReadAll ? null : <p>{t('meetings.talk.countsOnly')}</p>}
      {committee.length === 0 || !matrix.mayReadAll ? null : (
        <div className="panel year-scroll">
          <table className="talk-matrix">
            <caption className="tx-hidden">{t('meetings.talk.matrix')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('meetings.person')}</th>
                {committee.map((one) => (
                  <th key={one.memberId} scope="col">
                    {one.name}
                  </th>
                ))}
                <th scope="col">{t('meetings.talk.times')}</th>
              </tr>
            </thead>
            <tbody>
              {matrix.people.map((person) => (
                <tr key={person.memberId}>
                  <th scope="row">{person.name}</th>
                  {committee.map((one) => {
                    const on = lastOn.get(`${person.memberId}/${one.memberId}`)
                    const isOwn = person.memberId === one.memberId
                    return (
                      <td key={one.memberId} data-own={isOwn || undefined} data-owed={!isOwn && !on ? true : undefined}>
                        {isOwn ? '' : (on?.slice(5) ?? t('meetings.talk.owed'))}
                      </td>
                    )
                  })}
                  <td>{person.talks}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

import type { Quorum } from '@tongxin/contract/meetings.words'
import { Lamp, WhyArticle } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

/** The quorum advisor: before and during the meeting, for each way of voting on the agenda, with the article. */
export function Quorums({ quorums }: { quorums: readonly Quorum[] }) {
  const { t, i18n } = useTranslation()
  if (quorums.length === 0) return null
  return (
    <section aria-label={t('meetings.quorum')}>
      <h3>{t('meetings.quorum')}</h3>
      {quorums.map((quorum) => (
        <div key={quorum.votes} className="quorum">
          <Lamp state={quorum.isMet ? 'ok' : 'warn'}>{t(`meetings.votes.${quorum.votes}`)}</Lamp>
          <p>
            {t('meetings.quorumSays', { eligible: quorum.eligible, present: quorum.present, needed: quorum.needed })}
          </p>
          <WhyArticle
            source={i18n.language.startsWith('zh') ? quorum.citation.zh : quorum.citation.en}
            article={quorum.ruleId}
          />
        </div>
      ))}
    </section>
  )
}

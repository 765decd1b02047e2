import { useCan } from '@tongxin/client/can'
import type { OrgPost } from '@tongxin/contract/org'
import type { Leadership } from '@tongxin/contract/org.terms'
import { Button, Lamp, WhyArticle } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

/** Posts that ought to be held and are not: which, since when, by which article, and the way to fill them. */
export function Vacancies(props: { leadership: Leadership; isClosed: boolean; onFill: (post: OrgPost) => void }) {
  const { t, i18n } = useTranslation()
  const can = useCan()
  const { vacancies, term } = props.leadership
  if (vacancies.length === 0) return null
  return (
    <section>
      <h2>{t('org.vacancies')}</h2>
      <ul className="org-vacancies">
        {vacancies.map(({ post, count, since, citation, ruleId }) => (
          <li key={`${post}${ruleId}`}>
            <Lamp state="warn">
              {post === 'committee_member' ? t('org.seatsOpen', { count }) : t(`words.org.post.${post}`)}
            </Lamp>
            <span className="hint">{since ? t('org.vacantSince', { since }) : t('org.vacantUnknown')}</span>
            <WhyArticle source={i18n.language === 'en' ? citation.en : citation.zh} article="" />
            {props.isClosed ? null : (
              <Button kind="quiet" {...can('org.write')} onClick={() => props.onFill(post)}>
                {t(term ? 'org.fillVacancy' : 'org.appoint')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

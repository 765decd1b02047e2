import type { OrgHint, OrgRecord } from '@tongxin/contract/org.record'
import { WhyArticle } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { valueText } from './org.format.ts'

const GROUPS = {
  register: ['shortName', 'code', 'foundedOn', 'foundingDocument', 'approvedBy', 'affiliation', 'setUp'],
  host: ['hostUnit', 'hostUnitCode', 'hostUnitNature', 'industry', 'staff', 'isLegalEntity', 'isRepresentativeMember'],
  contact: ['contact', 'phone', 'address', 'postcode'],
  work: ['grade', 'stars', 'tags', 'brand', 'premisesArea', 'premisesEquipment', 'latitude', 'longitude'],
} as const
type Named = { readonly [field: string]: unknown }

/** What the statutes advise, people by category, and everything registered about the organisation. */
export function FactsTab({ unit }: { unit: OrgRecord }) {
  const { t } = useTranslation()
  const values: Named = { ...unit.facts, ...unit }
  return (
    <div className="org-facts">
      <Hints hints={unit.hints} />
      {unit.mergedInto ? <p>{t('org.mergedInto', { name: unit.mergedInto.name })}</p> : null}
      <section>
        <h2>{t('org.people')}</h2>
        <Facts
          facts={Object.entries(unit.people).map(([category, people]) => ({
            label: t(`words.members.category.${category}`),
            value: people,
          }))}
        />
        {Object.keys(unit.people).length === 0 ? <p className="hint">{t('org.noPeople')}</p> : null}
      </section>
      {Object.entries(GROUPS).map(([group, fields]) => (
        <section key={group}>
          <h2>{t(`org.group.${group}`)}</h2>
          <Known fields={fields} values={values} />
        </section>
      ))}
    </div>
  )
}

/** The facts that are known; empty ones would only hide them. */
function Known({ fields, values }: { fields: readonly string[]; values: Named }) {
  const { t } = useTranslation()
  const facts = fields.flatMap((field) => {
    const value = valueText(field, values[field], t)
    return value === null ? [] : [{ label: t(`org.fact.${field}`), value }]
  })
  return facts.length > 0 ? <Facts facts={facts} /> : <p className="hint">{t('org.notEntered')}</p>
}

/** Advice with its article; it never stops anybody. */
export function Hints({ hints }: { hints: readonly OrgHint[] }) {
  const { t, i18n } = useTranslation()
  if (hints.length === 0) return null
  return (
    <ul className="org-hints" aria-label={t('org.advice')}>
      {hints.map((hint) => (
        <li key={hint.about + hint.value} data-severity={hint.severity}>
          {t(`org.hint.${hint.about}.${hint.value}`)}
          <WhyArticle source={i18n.language === 'en' ? hint.citation.en : hint.citation.zh} article="" />
        </li>
      ))}
    </ul>
  )
}

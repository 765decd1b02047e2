import { LACKING_FIELDS, RECORD_STATES } from '@tongxin/contract/members'
import { ORG_POSTS } from '@tongxin/contract/org'
import { MEMBER_CATEGORIES } from '@tongxin/domain/identity/member-category'
import { STANDINGS } from '@tongxin/domain/members/fields'
import { AGE_BANDS, PARTY_AGE_BANDS } from '@tongxin/domain/members/structure'
import { useTranslation } from 'react-i18next'
import type { Filter } from '../../shared/list/types.ts'
import { CARD_STEPS, COMPLETENESS_STEPS, DUES_STEPS, MISSED_STEPS, MONTHS } from './member-search.ts'
import { EDUCATION_OPTIONS, ETHNIC_OPTIONS, useMemberWords } from './use-member-words.ts'

/** Filters of the list of members (catalogue D0 and D2), the rarer ones folded away. */
export function useMemberFilters(): readonly Filter[] {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  const words = (group: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: word(group, value) }))
  return [
    { key: 'orgId', label: t('members.org'), kind: 'organisation' },
    { key: 'search', label: t('members.keyword'), kind: 'text' },
    {
      key: 'category',
      label: word('columns', 'category'),
      kind: 'choices',
      options: words('category', MEMBER_CATEGORIES),
    },
    {
      key: 'status',
      label: word('columns', 'status'),
      kind: 'choices',
      isMore: true,
      options: words('status', STANDINGS),
    },
    {
      key: 'age',
      label: t('members.age'),
      kind: 'choice',
      isMore: true,
      options: words('structureAge', Object.keys(AGE_BANDS)),
    },
    { key: 'sex', label: word('columns', 'sex'), kind: 'choice', isMore: true, options: words('sex', ['1', '2']) },
    { key: 'ethnic', label: word('columns', 'ethnic'), kind: 'choices', isMore: true, options: ETHNIC_OPTIONS },
    {
      key: 'education',
      label: word('columns', 'education'),
      kind: 'choices',
      isMore: true,
      options: EDUCATION_OPTIONS,
    },
    ...useRareFilters(),
    ...useOwingFilters(),
  ]
}

/** What is asked for more rarely: about the years in the Party, posts, and the record itself. */
function useRareFilters(): readonly Filter[] {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  const words = (group: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: word(group, value) }))
  return [
    { key: 'joined', label: word('columns', 'joinedOn'), kind: 'dates', isMore: true },
    {
      key: 'partyAge',
      label: word('structureBy', 'partyAge'),
      kind: 'choice',
      isMore: true,
      options: words('structurePartyAge', Object.keys(PARTY_AGE_BANDS)),
    },
    { key: 'asOf', label: t('members.asOf'), kind: 'day', isMore: true },
    {
      key: 'post',
      label: word('structureBy', 'post'),
      kind: 'choices',
      isMore: true,
      options: words('post', [...ORG_POSTS, 'none']),
    },
    {
      key: 'joinedMonth',
      label: t('members.partyBirthday'),
      kind: 'choice',
      isMore: true,
      options: MONTHS.map((value) => ({ value, label: t('members.inMonth', { value }) })),
    },
    {
      key: 'completenessBelow',
      label: t('members.completeness'),
      kind: 'choice',
      isMore: true,
      options: COMPLETENESS_STEPS.map((value) => ({ value, label: t('members.below', { value }) })),
    },
    {
      key: 'lacking',
      label: t('members.lacking'),
      kind: 'choices',
      isMore: true,
      options: LACKING_FIELDS.map((value) => ({
        value,
        label: value === 'partyAge' ? word('structure', 'noneParty') : word('fields', value),
      })),
    },
    {
      key: 'recordState',
      label: t('members.recordState'),
      kind: 'choices',
      isMore: true,
      options: words('recordState', RECORD_STATES),
    },
  ]
}

/** Who should be spoken to: dues, the ID card, meetings missed. */
function useOwingFilters(): readonly Filter[] {
  const { t } = useTranslation()
  return [
    {
      key: 'duesBehind',
      label: t('members.duesBehind'),
      kind: 'choice',
      isMore: true,
      options: DUES_STEPS.map((value) => ({ value, label: t('members.duesMonths', { value }) })),
    },
    {
      key: 'idExpiresWithin',
      label: t('members.idCard'),
      kind: 'choice',
      isMore: true,
      options: CARD_STEPS.map((value) => ({ value, label: t(`members.idCardWithin.${value}`) })),
    },
    {
      key: 'missedAtLeast',
      label: t('members.missed'),
      kind: 'choice',
      isMore: true,
      options: MISSED_STEPS.map((value) => ({ value, label: t('members.missedTimes', { value }) })),
    },
  ]
}

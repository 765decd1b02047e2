import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount } from '../../platform/http.ts'
import type { DevelopmentPorts } from './development.ports.ts'
import * as acts from './service/case-acts.ts'
import * as contact from './service/contact.ts'
import { decide } from './service/decide-step.ts'
import { exported } from './service/export.ts'
import * as lists from './service/list.ts'
import * as own from './service/own.ts'
import { setPeople } from './service/people.ts'
import * as print from './service/print.ts'
import * as proofs from './service/proofs.ts'
import * as read from './service/read.ts'
import { check, record } from './service/record-step.ts'
import * as reviews from './service/reviews.ts'
import * as vetting from './service/vetting.ts'

export const developmentRoutes =
  (ports: DevelopmentPorts) =>
  async (app: FastifyInstance): Promise<void> => {
    mount(app, contract.listDevelopmentSteps, lists.steps)
    mount(app, contract.listDevelopmentCases, lists.list)
    mount(app, contract.readDevelopmentFigures, lists.figures)
    mount(app, contract.listQuotas, lists.quotaList)
    mount(app, contract.setQuota, lists.quotaSet)
    mount(app, contract.exportDevelopmentCases, exported)
    mount(app, contract.printDevelopmentList, print.list)
    mount(app, contract.openDevelopmentCase, acts.open(ports))
    mount(app, contract.readDevelopmentCase, read.read)
    mount(app, contract.listCaseMeetings, read.meetings(ports))
    mount(app, contract.checkDevelopmentStep, check(ports))
    mount(app, contract.recordDevelopmentStep, record(ports))
    mount(app, contract.decideDevelopmentStep, decide)
    mount(app, contract.addStepProof, proofs.add)
    mount(app, contract.setCaseState, acts.setState)
    mount(app, contract.returnDevelopmentCase, acts.goBack)
    mount(app, contract.postponeConversion, acts.postpone)
    mount(app, contract.setCasePeople, setPeople)
    mount(app, contract.addDevelopmentReview, reviews.addReview)
    mount(app, contract.postPublicity, reviews.post)
    mount(app, contract.closePublicity, reviews.close)
    mount(app, contract.concludeVetting, vetting.conclude)
    mount(app, contract.readVetting, vetting.read)
    mount(app, contract.printDevelopmentCase, print.one)
    mount(app, contract.listMyActivists, contact.activists)
    mount(app, contract.enterContactReview, contact.review)
    mount(app, contract.readMyDevelopment, own.readMine)
    mount(app, contract.handInApplication, own.apply(ports))
    mount(app, contract.handInReport, own.report)
    mount(app, contract.handInConversionApplication, own.applyForConversion(ports))
  }

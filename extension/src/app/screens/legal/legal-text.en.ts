import type { LegalText } from './legal-text.ts';

export const legalText: LegalText = {
  templateNote:
    'This is a template. Whoever operates this installation fills in the words in square brackets and has the text checked by counsel before anybody relies on it.',
  version: (version) => `Version ${version}`,
  back: 'Back to Inlay',
  terms: {
    title: 'Terms of use',
    sections: [
      {
        heading: 'Who offers this service',
        paragraphs: [
          '[Name, legal form and address of the operator], registered under [register and number], reachable at [e-mail address].',
        ],
      },
      {
        heading: 'What the service does',
        paragraphs: [
          'Inlay shows figures and tools inside the pages of advertising, shop and customer platforms, launches advertisements that you approve, and works out what came of them.',
          'Figures are worked out from what the platforms tell us. Estimates are marked as such; what is not known is shown as “—”.',
        ],
      },
      {
        heading: 'Your account',
        paragraphs: [
          'You give true details, keep your way of signing in to yourself, and tell us at once when somebody else may have it.',
          'An organization belongs to its owners. They decide who joins it, what each member may do, and when it is deleted.',
        ],
      },
      {
        heading: 'Spending on advertising',
        paragraphs: [
          'Nothing is switched on that can spend money before a member who may approve it has approved it, with its daily budget. The contract about the advertisements is between you and the platform.',
        ],
      },
      {
        heading: 'What you may not do',
        paragraphs: [
          'You do not use the service against the law or against the rules of the platforms you connect, do not try to reach data of others, and do not overload it.',
        ],
      },
      { heading: 'Price and payment', paragraphs: ['[Prices, taxes, billing period, and what happens when a payment fails.]'] },
      {
        heading: 'Availability and changes',
        paragraphs: ['[What availability is promised, how maintenance is announced, and how changes of these terms are told.]'],
      },
      { heading: 'Liability', paragraphs: ['[Extent and limits of liability under the law that applies.]'] },
      {
        heading: 'Ending it',
        paragraphs: [
          'You may delete your account or your organization at any time in the settings. It is gone for good after seven days; before that you can take a copy of everything. [Notice periods of the operator.]',
        ],
      },
      { heading: 'Law and disputes', paragraphs: ['[Law that applies, place of jurisdiction, and out-of-court bodies.]'] },
    ],
  },
  privacy: {
    title: 'Privacy notice',
    sections: [
      {
        heading: 'Who is responsible',
        paragraphs: [
          '[Name and address of the controller; representative and data protection officer, with their addresses, where there are such.]',
        ],
      },
      {
        heading: 'What we hold about you as a user',
        paragraphs: [
          'Name, e-mail address, language, a hash of your password if you have one, and the ways in which you sign in; your sessions with device, browser and approximate place; what you did, in the audit log of your organization.',
          'We need this to give you the service and to keep it safe (contract and legitimate interest: [check the legal basis]).',
        ],
      },
      {
        heading: 'What we hold on behalf of organizations',
        paragraphs: [
          'Answers of lead forms, orders and clicks that an organization connects. The organization is the controller of these data and we process them for it [under the data processing agreement: link]. Addresses and telephone numbers of buyers are kept as keyed hashes only; answers of lead forms are encrypted.',
        ],
      },
      {
        heading: 'Cookies',
        paragraphs: [
          'We set no cookie for measuring or advertising. One cookie keeps you signed in after you sign in, one lives for a day while you open an account, and one for ten minutes while you connect a platform; all three are necessary and are read by nobody else.',
        ],
      },
      {
        heading: 'Who else receives data',
        paragraphs: [
          '[Hosting, database, mail and other processors with place and safeguards for transfers.] The platforms you connect receive what you ask us to do there.',
        ],
      },
      {
        heading: 'How long we keep it',
        paragraphs: [
          'Sessions: 90 days after they ended. Mails: 90 days, and their address and content only until they are sent. Raw messages of platforms: 90 days. Copies you ask for: 24 hours. All else until the account or the organization is deleted, and then at most [period] in backups.',
        ],
      },
      {
        heading: 'Your rights',
        paragraphs: [
          'You can take a copy of your data and delete your account in the settings. You may ask us for access, correction, erasure, restriction and transfer, object to processing, and complain to [the supervisory authority].',
          'If you asked Meta to have your data deleted, the address you were given shows how far that is.',
        ],
      },
    ],
  },
  deletion: {
    title: 'Deletion of your data',
    received: (day) => `Your wish arrived on ${day} and is being carried out.`,
    done: (day) => `Your data were deleted on ${day}.`,
    unknown: 'There is no deletion with this code. Check the address you were given.',
    what: 'What is deleted: the access you gave Inlay to your account at the platform, your name there and your number.',
  },
};

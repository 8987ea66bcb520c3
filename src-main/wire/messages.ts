/** Requests and their replies, by name. Times are integer ms UTC on the service's clock, money integer cents. */
import * as z from 'zod'

const id = z.string().min(1).max(128)
const line = z.string().max(1_000)
const stampCount = z.int().min(0).max(1_000_000)
const time = z.int()

export const facilitySchema = z.object({
  id,
  name: line,
  state: line,
  idMask: z.object({ pattern: line, example: line, words: line }),
  charsPerStamp: z.int().positive().nullable(),
  freeMessages: z.boolean(),
  maxChars: z.int().positive(),
  maxLines: z.int().positive().nullable(),
  packages: z.array(z.object({ id, stamps: z.int().positive(), cents: z.int().min(0), label: line })),
  media: z.object({ photos: z.int().min(0), video: z.boolean() }),
  prepaidReply: z.boolean(),
  walletScope: z.enum(['state', 'facility']),
  unitWord: z.enum(['stamp', 'credit']),
  delay: z.object({ hours: z.number().min(0), workingDays: z.boolean() }),
  invitationFirst: z.boolean(),
  replyByPostOnly: z.boolean(),
  /** Days a letter in Spanish waits longer. */
  spanishExtraDays: z.int().min(0).default(0),
  holdPhotosWorkingDays: z.int().min(0).default(0),
  rulesText: z.string().max(4_000)
})

const personStatus = z.enum(['active', 'transferred', 'released', 'suspended'])
const personSchema = z.object({ facilityId: id, number: line, firstName: line, lastName: line, status: personStatus })
export type WirePerson = z.infer<typeof personSchema>

const walletSchema = z.object({ walletId: id, name: line, unit: z.enum(['stamp', 'credit']), balance: stampCount })

const profileSchema = z.object({
  accountId: id,
  email: line,
  firstName: line,
  lastName: line,
  coordinator: z.boolean(),
  site: line,
  termsVersion: z.string().nullable(),
  emessagingTermsVersion: z.string().nullable(),
  /** A new password is owed: made, unlocked or reset by a coordinator, or reported "not me". */
  mustChangePassword: z.boolean(),
  /** The terms have to be accepted (again): first sign-in, after a reset, after an unlock, or a newer version (S1). */
  mustAcceptTerms: z.boolean(),
  passwordChangedAt: time
})
export type WireProfile = z.infer<typeof profileSchema>

const signedInSchema = z.object({
  outcome: z.literal('signedIn'),
  profile: profileSchema,
  /** Opens the other requests; lives in memory only. */
  sessionToken: id,
  /** Lets this PC come back without the password (offline sign-in first, the line later). Kept in the mailbox only. */
  deviceToken: id,
  /** Lets this PC skip the second step until `rememberedUntil`; null unless asked for. */
  rememberToken: id.nullable(),
  lastSignInAt: time.nullable(),
  failuresSince: z.int().min(0),
  /** What happened to the account while nobody was signed in, for the activity log. */
  notices: z.array(z.object({ event: line, at: time, details: z.record(z.string(), z.union([z.string(), z.number()])) }))
})

const secondStepMethod = z.enum(['totp', 'email', 'text', 'printed'])
const secondStepSchema = z.object({
  outcome: z.literal('secondStep'),
  /** Bound to this account, device and try; ten minutes, five codes. */
  attemptToken: id,
  methods: z.array(secondStepMethod),
  emailHint: line.nullable(),
  phoneHint: line.nullable()
})
const secret = z.string().max(10_000)
const questions = z.array(z.object({ questionId: line, answer: line })).length(3)
const printedCodes = z.object({ printedCodes: z.array(line) })

const policySchema = z.object({
  minLength: z.int(),
  maxLength: z.int(),
  letter: z.boolean(),
  upper: z.boolean(),
  lower: z.boolean(),
  digit: z.boolean(),
  special: z.boolean(),
  specials: line,
  historyDepth: z.int().min(0).max(12),
  rotationReminderDays: z.int().min(0)
})
const presetName = z.enum(['cheatSheet', 'facility', 'advice'])
const release = z.enum(['timedThenAdmin', 'timed', 'admin'])

const detailsSchema = z.object({
  email: line,
  firstName: line,
  lastName: line,
  street: line,
  city: line,
  state: line,
  zip: line,
  phone: line,
  questionIds: z.array(line),
  passwordChangedAt: time,
  secondStep: z.object({ method: z.enum(['off', 'totp', 'email', 'text']), printedCodesLeft: z.int().min(0) }),
  terms: z.array(z.object({ document: z.enum(['terms', 'emessaging']), version: line, at: time }))
})

const deviceSchema = z.object({ deviceId: id, name: line, lastSeenAt: time, rememberedUntil: time.nullable() })
const personEntrySchema = z.object({
  accountId: id,
  displayName: line,
  email: line,
  site: line,
  coordinator: z.boolean(),
  disabled: z.boolean(),
  locked: z.boolean(),
  lastSignInAt: time.nullable()
})
const newCodeSchema = z.object({ person: personEntrySchema, code: line, codeUntil: time })
const policyStateSchema = z.object({ policy: policySchema, presets: z.array(presetName), release })
const coordinatorSchema = z.object({ sites: z.array(line), presets: z.array(presetName), release })

const receiptSchema = z.object({ receiptNumber: id, stamps: z.int().positive(), cents: z.int().min(0), walletId: id, balance: stampCount, at: time })
const messageReceiptSchema = z.object({
  receiptNumber: id,
  messageId: id,
  stamps: stampCount,
  walletId: id,
  balance: stampCount,
  at: time,
  /** SHA-256 the service computed over what it received (canonical JSON, hex). */
  payloadHash: z.string().length(64)
})
export type WireMessageReceipt = z.infer<typeof messageReceiptSchema>

export const serviceLetterStates = ['submitted', 'screening', 'held', 'approved', 'delivered', 'replied', 'rejected', 'undeliverable'] as const

const updateSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('state'),
    seq: z.int().positive(),
    key: id,
    state: z.enum(serviceLetterStates),
    reason: z.string().max(200).nullable(),
    at: time
  }),
  z.object({
    kind: z.literal('reply'),
    seq: z.int().positive(),
    replyId: id,
    /** Key of the letter it answers. */
    key: id.nullable(),
    facilityId: id,
    number: line,
    subject: line,
    body: z.string().max(100_000),
    at: time
  })
])
export type WireUpdate = z.infer<typeof updateSchema>

const request = <Input extends z.ZodType, Reply extends z.ZodType>(input: Input, reply: Reply) => ({ input, reply })
const nothing = z.object({})

/** What a letter is, for hashing and for sending: nothing else travels. */
export const letterPayloadSchema = z.object({
  facilityId: id,
  number: line,
  subject: z.string().max(2_000),
  body: z.string().max(1_000_000),
  prepaidReply: z.boolean(),
  /** Each whole, base64: a little more than the three MiB the service takes, so that it can say so. */
  photos: z.array(z.string().max(4_300_000)).max(5)
})
export type LetterPayload = z.infer<typeof letterPayloadSchema>

export const messages = {
  'identity.challenge': request(nothing, z.object({ challengeId: id, picture: z.string().max(100_000), spoken: line })),
  'identity.signUp': request(
    z.object({
      challengeId: id,
      verificationCode: line,
      email: z.string().max(1_000),
      confirmEmail: z.string().max(1_000),
      password: z.string().max(10_000),
      confirmPassword: z.string().max(10_000),
      acceptTerms: z.boolean(),
      termsVersion: line,
      questions: z.array(z.object({ questionId: line, answer: line })).length(3),
      firstName: line,
      lastName: line,
      street: line,
      city: line,
      state: line,
      zip: line,
      phone: line,
      passcode: line,
      confirmPasscode: line,
      deviceId: id,
      deviceName: line
    }),
    signedInSchema
  ),
  'identity.signIn': request(
    z.object({ email: z.string().max(1_000), password: secret, deviceId: id, deviceName: line, rememberToken: id.nullable() }),
    z.discriminatedUnion('outcome', [signedInSchema, secondStepSchema])
  ),
  /** A code for a waiting sign-in goes out by the simulated e-mail or text; the newest only is good. */
  'identity.sendCode': request(z.object({ attemptToken: id, method: z.enum(['email', 'text']) }), nothing),
  'identity.secondStep': request(
    z.object({ attemptToken: id, method: secondStepMethod, code: line, remember: z.boolean() }),
    signedInSchema
  ),
  /** Open to anyone: the rules a password has to meet here. */
  'identity.policy': request(nothing, policyStateSchema),
  /** The same answer whether the address exists or not (ASVS 6.3.8). */
  'identity.forgotStart': request(z.object({ email: z.string().max(1_000) }), nothing),
  'identity.forgotFinish': request(z.object({ email: z.string().max(1_000), code: line, answers: questions, newPassword: secret, confirmPassword: secret }), nothing),
  'identity.details': request(nothing, detailsSchema),
  'identity.updateProfile': request(
    z.object({ firstName: line, lastName: line, street: line, city: line, state: line, zip: line, phone: line }),
    detailsSchema
  ),
  /** `password` null only where a change is owed (mustChangePassword): the sign-in a moment ago stands for it. */
  'identity.changePassword': request(z.object({ password: secret.nullable(), newPassword: secret, confirmPassword: secret }), profileSchema),
  'identity.changeQuestions': request(z.object({ password: secret, questions }), nothing),
  'identity.changePasscode': request(z.object({ password: secret, passcode: line, confirmPasscode: line }), nothing),
  /** Only asks whether the password is right; a wrong one counts as a failed try. */
  'identity.checkPassword': request(z.object({ password: secret }), nothing),
  'identity.beginTotp': request(z.object({ password: secret }), z.object({ secret: line, uri: line })),
  'identity.confirmTotp': request(z.object({ code: line }), printedCodes),
  'identity.setCodeByPost': request(z.object({ password: secret, method: z.enum(['email', 'text']) }), printedCodes),
  'identity.secondStepOff': request(z.object({ password: secret }), nothing),
  'identity.newPrintedCodes': request(z.object({ password: secret }), printedCodes),
  'identity.devices': request(nothing, z.object({ devices: z.array(deviceSchema) })),
  'identity.signOutDevice': request(z.object({ deviceId: id }), z.object({ devices: z.array(deviceSchema) })),
  /** "This was not me": every other device is signed out and a new password is owed. */
  'identity.notMe': request(nothing, profileSchema),

  'coordinator.view': request(nothing, coordinatorSchema),
  'coordinator.people': request(nothing, z.object({ people: z.array(personEntrySchema) })),
  'coordinator.create': request(z.object({ email: z.string().max(1_000), firstName: line, lastName: line, site: line, coordinator: z.boolean() }), newCodeSchema),
  'coordinator.setDisabled': request(z.object({ accountId: id, disabled: z.boolean() }), z.object({ people: z.array(personEntrySchema) })),
  'coordinator.unlock': request(z.object({ accountId: id }), z.object({ people: z.array(personEntrySchema) })),
  /** A one-use code instead of a chosen password (ASVS 6.4.6); the person's devices are signed out. */
  'coordinator.reset': request(z.object({ accountId: id, password: secret }), newCodeSchema),
  'coordinator.setRole': request(z.object({ accountId: id, coordinator: z.boolean() }), z.object({ people: z.array(personEntrySchema) })),
  'coordinator.setPolicy': request(z.object({ presets: z.array(presetName).min(1).max(3), release, password: secret }), coordinatorSchema),
  'identity.resume': request(z.object({ deviceToken: id, deviceId: id }), z.object({ profile: profileSchema, sessionToken: id })),
  'identity.signOut': request(nothing, nothing),
  'identity.acceptTerms': request(z.object({ document: z.enum(['terms', 'emessaging']), version: line }), profileSchema),

  'directory.facilities': request(nothing, z.object({ facilities: z.array(facilitySchema) })),
  'directory.search': request(
    z.object({ query: z.string().max(5_000), state: line, facilityId: line, page: z.int().min(0).max(1_000_000), pageSize: z.int().min(1).max(100) }),
    z.object({ people: z.array(personSchema), total: z.int().min(0) })
  ),
  'directory.person': request(z.object({ facilityId: id, number: line }), personSchema),

  /** The service's own approval to write to somebody; where a facility invites first, `standing` is `invited` and a code comes by post. */
  'contacts.register': request(
    z.object({ facilityId: id, number: line }),
    z.object({ person: personSchema, standing: z.enum(['ready', 'invited']) })
  ),
  'contacts.acceptInvitation': request(z.object({ facilityId: id, number: line, code: line }), z.object({ standing: z.literal('ready') })),

  'stamps.wallets': request(nothing, z.object({ wallets: z.array(walletSchema) })),
  'stamps.purchase': request(
    z.object({
      key: id,
      facilityId: id,
      packageId: id,
      /** What the person agreed to pay; refused (422) when the package's price is another by now. */
      consentCents: z.int().min(0),
      card: z.object({ number: line, expiry: line, securityCode: line, name: line }),
      billing: z.object({ street: line, city: line, state: line, zip: line })
    }),
    receiptSchema
  ),
  /** What became of a purchase key. An unknown key is made void for ever, so that a late request cannot charge. */
  'stamps.settle': request(
    z.object({ key: id }),
    z.discriminatedUnion('outcome', [z.object({ outcome: z.literal('charged'), receipt: receiptSchema }), z.object({ outcome: z.literal('void') })])
  ),
  'stamps.statement': request(
    z.object({ after: z.int().min(0), limit: z.int().min(1).max(1_000) }),
    z.object({
      entries: z.array(z.object({ seq: z.int().positive(), walletId: id, reason: z.enum(['purchase', 'message', 'grant']), reference: id, amount: z.int(), at: time }))
    })
  ),

  'messaging.submit': request(
    z.object({
      key: id,
      payload: letterPayloadSchema,
      payloadHash: z.string().length(64),
      /** The stamps the person confirmed. The service refuses (422) when its own price is higher, and debits its own price. */
      consentStamps: stampCount
    }),
    messageReceiptSchema
  ),
  'messaging.updates': request(
    z.object({ after: z.int().min(0), limit: z.int().min(1).max(500) }),
    z.object({ updates: z.array(updateSchema), more: z.boolean(), now: time })
  )
} as const

export type Messages = typeof messages
export type MessageName = keyof Messages
export type MessageInput<N extends MessageName> = z.infer<Messages[N]['input']>
export type MessageReply<N extends MessageName> = z.infer<Messages[N]['reply']>

export const requestSchema = z.object({
  name: z.enum(Object.keys(messages) as [MessageName, ...MessageName[]]),
  token: z.string().max(256).nullable(),
  input: z.unknown()
})

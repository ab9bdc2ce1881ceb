package lens

import "strings"

// kinds are the kinds of word that a word belongs to, one bit for each.
type kinds uint64

func (k kinds) has(other kinds) bool { return k&other != 0 }

// The kinds of word. What belongs to them stands in [lexicon].
const (
	isI kinds = 1 << iota
	isYou
	isWe
	isOther
	isAsking
	isVerbOfQuestion
	isWanting
	isAble
	isMust
	isNot
	isHeavy // unpleasant feelings
	isLight // pleasant feelings
	isFeeling
	isBody
	isTie
	isValue
	isFaith
	isNeed
	isPromise
	isGreeting
	isListening
	isAgreeing
	isThanks
	isPraise
	isAdvice
	isPress
	isChoice
	isPermission
	isGivingBack
	isTelling
	isThinking
	isMaybe
	isVery
	isBut
	isBecause
	isIf
	isMore
	isStop
	isTrying
	isHelp
	isSoon
	isPast
	isOften
	isFact
	isMoney
	isSorry
	isSubstance
	isStrong // swearing and hard words
	isFigure
	isFiller
	numKinds = iota
)

// lexicon lists the words of each kind, in Dutch and English. A star stands
// for any end of the word. The lists are our own.
var lexicon = []struct {
	kind  kinds
	words string
}{
	{isI, `ik ikzelf mij me mezelf mijn m'n mn mijne i i'm im i've ive i'll i'd my mine myself`},
	{isYou, `je jij jou jouw jullie u uw uzelf jezelf jouwe you you're youre you've youve you'll you'd your yours yourself ya`},
	{isWe, `we wij ons onze onszelf samen we're we've we'll we'd us our ours ourselves together let's lets`},
	{isOther, `hij zij ze hem haar hen hun zijn z'n iemand mensen anderen he she they him her them his their he's she's they're they've somebody someone people others everybody everyone iedereen`},
	{isAsking, `wie wat waar waarom wanneer hoe hoezo welk welke waarmee waardoor waarvan waarop waaraan waarin hoeveel hoelang hoevaak waarheen who what what's whats where where's when why how how's hows which whose whom`},
	{isVerbOfQuestion, `ben bent is was zijn waren heb hebt heeft had hadden hebben doe doet deed kun kan kunt kunnen kon wil wilt zou zouden zal zullen ga gaat mag do does did don't doesn't didn't are aren't isn't were weren't have has haven't hasn't can can't could couldn't would wouldn't will won't shall may might am`},
	{isWanting, `wil wilt willen wilde wilden wou graag liever liefst zin wens wensen wenst hoop hopen hoopt gehoopt verlang* want wants wanted wanna wish wishes wished hope hopes hoping rather prefer prefers willing ready eager goal goals doel doelen plan plannen plans`},
	{isAble, `kan kun kunt kunnen kon konden gekund lukt lukte gelukt lukken haal haalt red redt redden weet weten snap snapt can could able can't cannot couldn't unable manage managed manages capable possible impossible mogelijk onmogelijk moeilijk lastig difficult hard easy easier makkelijk makkelijker confident confidence`},
	{isMust, `moet moeten moest moesten hoef hoeft hoeven hoefde verplicht must have has need needs needed gotta should supposed ought`},
	{isNot, `niet nee geen nooit niks niets nergens niemand noch zonder no not never none nothing nobody nowhere without don't dont didn't didnt doesn't doesnt won't wont can't cant cannot couldn't wouldn't shouldn't isn't isnt aren't wasn't weren't haven't hasn't hadn't ain't nope nah neither nor`},
	{isHeavy, `bang angst* boos woede woedend kwaad verdriet* verdrietig somber* eenzaam eenzame alleen moe uitgeput schuldig schuld schaam* schaamte zorgen bezorgd zenuw* gespannen spanning stress* paniek* pijn pijnlijk zwaar moeilijk rot ellend* wanhop* machteloos hulpeloos teleurgesteld teleurstell* gefrustreerd frustr* irrit* erger* huil* hull* gehuild mis gemist kwijt verloren onzeker wantrouw* benauwd gekwetst gek ziek somberheid depress* afraid scared fear* anxi* angry anger mad upset sad sadness lonely alone tired exhausted guilty guilt ashamed shame embarrass* worr* nervous tense stressed stressful panic* pain* hurt hurts hurting miserable hopeless helpless disappoint* frustrat* annoy* irritat* cry crying cried lost miss missed insecure overwhelm* terrible awful horrible hate hated bad worse worst difficult struggl* bother* burden*`},
	{isLight, `blij gelukkig geluk opgelucht trots dankbaar rustig tevreden vrolijk genieten geniet genoten fijn heerlijk mooi leuk gezellig plezier hoopvol vertrouwen* veilig liefde lief lach* gelachen happy happier glad proud relieved relief grateful thankful calm content enjoy* fun nice love loved loves lovely hopeful safe laugh* excited exciting comfortable good better great pleasant joy`},
	{isFeeling, `voel voelt voelde voelen gevoel gevoelens gevoelig emotie* raakt geraakt doet hart feel feels feeling feelings felt emotion* emotional heart mood stemming`},
	{isBody, `slaap slapen slaapt geslapen hoofd buik lijf lichaam adem rug arts dokter medicijn* pillen ziekenhuis gezond* sleep sleeping slept head stomach body breath back doctor doctors medicine medication* meds pills hospital health* sick weight blood diabetes asthma gewicht`},
	{isTie, `moeder vader mama mam ma papa pap pa ouders ouder zoon dochter kind kinderen kids broer broertje zus zusje opa oma man vrouw partner vriend vriendin vrienden familie gezin buur* collega* kleinkind* kleindochter kleinzoon tante oom neef nicht getrouwd huwelijk mother father mom mum dad parents parent son daughter child children brother sister grandma grandpa grandmother grandfather husband wife boyfriend girlfriend friend friends family neighbor* neighbour* colleague* aunt uncle cousin married marriage relationship relatie`},
	{isValue, `belangrijk* waarde waarden eerlijk* respect* trouw vrijheid vrij zelfstandig* rechtvaardig* onrecht* waardig* principe* opgevoed identiteit recht plicht verantwoordelijk* normaal hoort zin betekenis leven important importance value values honest* truth loyal* freedom free independen* fair unfair justice dignity principle* raised identity right responsib* matter matters meaning life person kind`},
	{isFaith, `god allah geloof geloven gelooft geloofde kerk moskee bid bidden bijbel koran hemel ziel believe believes belief beliefs faith church mosque pray praying prayer heaven soul lord`},
	{isNeed, `nodig behoefte rust ruimte veilig* gehoord gezien begrepen aandacht houvast duidelijk* steun zekerheid privacy thuis erbij horen meetellen gemist need needs needed rest space safety safe heard seen understood attention certainty support home belong belonging peace quiet`},
	{isPromise, `beloofd beloof beloven belofte volhouden opgeven opgever doorzetten zorg zorgen verzorgen droom dromen toekomst later promise promised promises commit* committed vow keep dream dreams future`},
	{isGreeting, `hallo hoi goedemorgen goedemiddag goedenavond goedendag dag welkom doei hello hi hey morning afternoon evening welcome bye goodbye meet`},
	{isListening, `hm hmm mm mmm mhm mm-hmm uh-huh aha oh ah ach tja nou oké oke ok okay okey right alright yeah yes ja jawel jaja precies juist klopt exactly sure absolutely definitely indeed inderdaad wow really`},
	{isAgreeing, `ja jawel klopt precies inderdaad zeker prima akkoord natuurlijk tuurlijk yes yeah yep yup sure absolutely definitely agreed true correct course exactly fine`},
	{isThanks, `dank dankje dankjewel dankuwel bedankt merci thank thanks appreciate appreciated appreciates waardeer waarderen`},
	{isPraise, `goed knap dapper sterk top super geweldig mooi moedig trots flink compliment* petje bewonder* vertrouw fantastisch goeie good great excellent wonderful awesome brave strong strength* proud amazing fantastic impressive impressed courage* admire congratulations well kudos perfect smart`},
	{isAdvice, `moet moeten zou zouden beter best misschien probeer proberen probeert advies adviseer raad aanraden tip kunt ga doe laat vraag bel maak should could try trying advice advise recommend* suggest* suggestion* better best consider option options idea`},
	{isPress, `gewoon toch echt nou eindelijk nu meteen direct alsjeblieft luister kom doorgaan anders straks verstandig onverstandig gevaarlijk zomaar must really just now immediately right otherwise listen risk* dangerous serious* stop actually simply obviously have`},
	{isChoice, `kies kiezen keuze keus beslis* besluit* bepaal* zelf beslissing jij aan wanneer tempo choose choice choices decide* decision* yourself own up pace`},
	{isPermission, `mag mogen goed oké okay ok vindt vind bezwaar erg storen vragen permission mind alright may allow if ask`},
	{isGivingBack, `dus klinkt hoor begrijp begrijpt merk zie lijkt bedoel bedoelt eigenlijk kennelijk blijkbaar vertelde zegt zei sounds sound seems seem hear hearing heard understand see looks look mean saying said so mentioned means guess imagine`},
	{isTelling, `vertel vertellen vertelt verteld zeg zeggen zegt praat praten gesprek uitleg* leg tell telling told say share sharing talk talking talked discuss explain describe more`},
	{isThinking, `denk denkt denken dacht gedacht vind vindt vinden vond weet mening idee think thinking thought thoughts know knew wonder* idea opinion believe guess suppose figure`},
	{isMaybe, `misschien mogelijk wellicht soms ergens eventueel ongeveer beetje maybe perhaps possibly sometimes kinda sort probably might somewhat little bit may`},
	{isVery, `heel erg zo zeer enorm ontzettend echt helemaal altijd zoveel te very so really extremely totally completely always too much lot lots super quite pretty definitely`},
	{isBut, `maar toch echter hoewel alleen but though although however still except yet`},
	{isBecause, `omdat want daarom doordat vandaar zodat dus because cause 'cause since so therefore reason reasons reden redenen`},
	{isIf, `als indien tenzij wanneer stel if unless whether suppose when`},
	{isMore, `meer minder extra vaker more less fewer increase* reduce* cut down another`},
	{isStop, `stop stoppen stopt gestopt ophouden opgehouden kappen minderen afbouwen verander* veranderd quit quitting stopping stopped cut cutting reduce reducing change changes changed changing give giving down avoid`},
	{isTrying, `probeer* geprobeerd begin begint beginnen begonnen start starten doorgaan volhouden oefen* stap stappen try tries tried trying begin start starting started keep step steps practice work working effort`},
	{isHelp, `help helpt helpen geholpen hulp steun steunen ondersteun* samen regel regelen bel mee meegaan help helps helped helping helpful support supports assist* together arrange offer provide call with`},
	{isSoon, `straks morgen volgende later binnenkort week weken maand today tomorrow next soon later will gonna going we'll i'll week weeks month months appointment afspraak vandaag`},
	{isPast, `was waren vroeger gisteren vorige toen geleden ooit had eerst were yesterday last ago before used past since earlier once been`},
	{isOften, `altijd vaak soms nooit elke iedere dagelijks weer steeds always often usually sometimes never every each daily again constantly everyday`},
	{isFact, `volgens regel regels onderzoek gemiddeld betekent procent wet formulier brief gemeente procedure informatie research studies study average percent guidelines evidence information form question questions scale schaal level risk number score results test tests`},
	{isMoney, `geld huur schuld schulden betalen betaal uitkering toeslag werk baan rekening money rent debt debts pay paid bills job work salary afford expensive duur`},
	{isSorry, `sorry excuus spijt jammer helaas vervelend apologize unfortunately regret pity`},
	{isSubstance, `drink* drank alcohol bier wijn rook* roken sigaret* blow* drugs wiet gokken beer wine smok* cigarette* cigar* drug drugs weed marijuana pot cocaine heroin gambl* drunk sober pack packs`},
	{isStrong, `verdomme godver* kut klote shit fuck* damn hell stupid dom stom* onzin belachelijk bullshit ridiculous nonsense crap idiot*`},
	{isFigure, `een één twee drie vier vijf zes zeven acht negen tien twaalf twintig honderd helft paar one two three four five six seven eight nine ten twelve twenty thirty hundred half couple zero`},
	{isFiller, `eh ehm uh uhm um hm nou zeg weetje ofzo zeg maar like well y'know anyway kind`},
}

// small are the words that hold a sentence together: with what stands between
// them they show what it does, whatever it is about.
const small = `ik jij je u hij zij ze we wij jullie het dat dit er die deze mij me jou hem haar ons hen hun mijn jouw uw zijn ons onze
de een geen niet wel ook nog al dan dus maar en of want als om te van voor met door bij naar in op aan uit over tot zonder
is ben bent was waren zijn geweest heb hebt heeft had hebben word wordt worden werd ga gaat gaan ging doe doet doen deed
kan kun kunt kunnen kon wil wilt willen wilde zou zouden zal zullen zult moet moeten moest mag mogen hoef hoeft
wie wat waar waarom wanneer hoe welke welk hoeveel toch even gewoon eigenlijk misschien heel erg zo echt graag
i you he she it we they me him her us them my your his our their this that these those there here
the a an no not and or but so if because as of for with from to in on at by about up out than then
is am are was were be been being have has had do does did don't doesn't didn't isn't aren't wasn't haven't hasn't
can could can't couldn't will would won't wouldn't shall should may might must gonna wanna gotta
i'm you're he's she's it's we're they're i've you've we've they've i'll you'll we'll i'd you'd that's there's what's let's
who what where why when how which whether some any all more just really very too also maybe well like know think feel want need`

// known holds every word of the lexicon, and every beginning that has a star,
// by its hash.
var known, begins, framed = index()

// index looks the lexicon up the other way round.
func index() (whole, begin map[uint64]kinds, frame map[uint64]bool) {
	whole, begin, frame = map[uint64]kinds{}, map[uint64]kinds{}, map[uint64]bool{}
	for _, entry := range lexicon {
		for w := range strings.FieldsSeq(entry.words) {
			if stem, ok := strings.CutSuffix(w, "*"); ok {
				begin[hashOf(stem)] |= entry.kind
				continue
			}
			whole[hashOf(w)] |= entry.kind
		}
	}
	for w := range strings.FieldsSeq(small) {
		frame[hashOf(w)] = true
	}
	return whole, begin, frame
}

// hashOf hashes a word as a line does.
func hashOf(w string) uint64 {
	h := seed
	for _, r := range w {
		h = step(h, uint64(r))
	}
	return h
}

// shortestStem is the length of the shortest beginning with a star.
const shortestStem = 3

// look finds the kinds and the frame of a word.
func (w *word) look(letters []rune) {
	w.kinds = known[w.hash]
	h := seed
	for i, r := range letters {
		h = step(h, uint64(r))
		if i+1 >= shortestStem {
			w.kinds |= begins[h]
		}
	}
	if letters[0] >= '0' && letters[0] <= '9' {
		w.kinds |= isFigure
	}
	switch {
	case framed[w.hash]:
		w.frame = w.hash
	default:
		w.frame = uint64(w.kinds)
	}
}

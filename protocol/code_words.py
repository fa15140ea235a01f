"""The 1024 Dutch words that invitation codes are written in. Order is meaning: never change this list.

Plain words of 4 to 8 letters, a to z. The first four letters tell each apart, and no two are alike
but for ei and ij, or for au and ou.
"""

from typing import Final

_TEXT = """
aanbod aandacht aankomst aanloop aanmaak aanpak aardbei abrikoos adres afdruk afspraak afstand aftrap afwas
agenda akker akkoord album amandel amber ananas anijs anjer anker ansicht antiek antwoord appel applaus
april aquarium arend armband aroma artikel asperge aster atelier atlas atleet augurk auto avocado avond
azijn baai baan baard babbel baby badhuis badkamer badpak bagage bakfiets bakker baksteen balans balkon
ballon banaan band beek beeld been beer beker beleefd belofte berg bericht berk beschuit beuk beurt bever
bewijs bewoner bezem bezig bezoek biet bijen bijl biljart bioscoop blad blauw blij blik bloem blok boei boek
boer bokaal bonbon boog boom boon boot bord borstel bosbes boter braam breed brief bril broek brood brug
bruin buffet buis busje cacao cactus cadeau camera camping caravan cassette cello centrum chef chips chocola
cijfer cilinder circus cirkel citroen clown club collega concert contact cultuur cursus dadel dagboek
daglicht dakgoot dakpan dame damp dank dans dapper decor deeg deel deken deksel dessert deur diamant dienst
diep dier dijk diner dirigent disco dochter doek doel dolfijn domino donker dooier doolhof doorgang dorp
douche draad drempel droog drop druif druk drum druppel dubbel duif duik duim duin duizend dweil dynamo echo
eend eenvoud eerlijk eerste eeuw egel eigen eiland einde ekster elleboog emmer energie erker erwt etalage
etiket examen excuus extra ezel fabel fakkel familie fantasie favoriet fazant februari feest feit fiets
figuur fijn film filter finale flamingo flat fles flink fluit fluweel folder fondue fontein forel formule
fort foto framboos fresia friet fris fruit galerij galop gans garage garen garnaal gast gazon gebaar gebied
gebouw gebruik gedicht geduld geel geit gelijk geluid gemak gember gemeente gerecht gerst geschenk gesprek
geur gevel gevoel gewicht gewoon gezin gids gieter giraf gitaar glad glans glas glazuur glimlach globe gloed
goed golf goot gordijn goud graag graniet grap gras greep grens grijs groente grond groot grot haai haan
haas hagel half hallo halte hamer hamster handdoek hangmat haring hark harmonie harp hart haven havik
hazelaar heide helder helft helm hemd hengel herberg herder herfst hert heuvel hiel hobby hockey hoed hoek
hoes hokje hommel hond honing hoofd hoog hooi hoop hoorn horizon horloge hotel hout huis hulp humor hutje
ideaal idee iglo ijsbeer ijsje ijskoud ijver ijzer ingang inhoud inkt insect instap internet inwoner inzicht
iris jaar januari jarig jasje jasmijn jeugd joker jong jubileum juli juni jurk jury juweel kaart kaas kabel
kabouter kachel kajak kalender kalf kalk kamer kamille kampioen kanaal kaneel kano kans kant kapitein kapper
kapstok karaf karper karton kast katoen katrol kegel kelder kennis kern kers ketel ketting keuken keurig
kever kiekje kiezel kijker kikker kilo kind kiosk kippen kiwi klaar klank klas klaver kleed klei kleur
klimop klok klomp klontje kluwen knie knikker knip knoflook knoop knop knuffel knutsel koala koek koel
koepel koets koffie kokos komeet kompas konijn kooi kool koor koper kopje koraal koren kort kostuum koud
kozijn kraag krab kracht krant krat kreeft krekel kring krokus kruid krul kuiken kunst kurk kussen kust
kwark kwast laan laars lach ladder lagune laken lama lamp land lantaarn lapje lavendel lawaai leer leeuw
leiding lekker lelie lengte lens lente lepel leraar letter leuk leven libel licht lied lief lift lijm lijn
lijst lila limonade linde linnen lint liter loep loket lolly loper lotus lucht luik lunch maan maart machine
magneet mama mand mango manier mantel marathon markt marmer mast matras meer meester meeuw meisje melk
melodie mens menu merel merk metaal meter metro meubel middag mier mikado mini minuut mist mixer model
moeder molen moment mond mooi morgen mossel mosterd mouw muis museum musical mussen muts muur muziek naald
nacht nagel narcis natuur nectar neef nest netjes neus nevel nieuw noord noot noten nummer oase ober oceaan
ochtend oefenen oester okapi oktober olifant olijf omelet omgeving ommetje omtrek omweg ontbijt ontwerp
onweer oorbel oost open opera opgewekt oprit optocht oranje orgel orkest otter ovaal oven paal paard paden
pagina pakket paleis paling palm panda panfluit pannetje panter papa papier paprika parasol parel parfum
park partner pasfoto passer pasta patat patroon pauw pauze pedaal peer pelikaan penseel peper perron perzik
peuter piano picknick pier pijl piloot pincet pinda pink pizza plaats plafond plak plant plein plezier plooi
pluim poeder polder polka pols pomp pony poort populier portret post potlood praline prei pret prima proef
pruim pudding puree puzzel pyjama quiz raadsel raam raap rabarber radar radio raket rand raven regen reiger
reis reserve rest riem riet rijm rijtuig rijwiel ring ritme rits rivier robijn robot roeiboot roltrap romig
rond rood room roos rotonde rots route rozijn rugzak ruim ruiter rund rups saffier salade salto samen
sandaal sauna saus schaap scherm schip school schrift schuur seizoen selderij serie servet sfeer shampoo
sieraad signaal simpel sinas sjaal sjoelbak slaap slager slak slang slede sleutel slim slinger sloep sloot
slot sluis smaak snaar snack snavel sneeuw snel snoep snor soep sokken sopraan spade spannend spatel specht
spel spiegel spijker spin spits spons spoor sport spreeuw sprong spruit staal stad stal station steen
stekker stempel ster stevig stijl stoel stok stoom stop storm straat streek stroom struik stuiter stuk stuur
suiker taak taal taart tafel talent tand tang tante tapijt tarwe taxi teen tegel teken tekst telefoon teller
tempo tennis tent terras tevreden thee thema tijd tijger titel toast tocht toekan tomaat toneel tong toon
toren touw tovenaar tram trap trein trio trommel tros truc trui tuin tulp tunnel twijg uitgang uitje uitkijk
uitleg uitzicht vaas vaatdoek vader vakantie valk vallei vandaag vanille veer veilig veld venster veranda
verf vergiet verhaal vest veter vijg vijver vilt vinger vink viool visite visser vitrine vlaai vlag vlecht
vlees vleugel vlieg vlinder vloer vloot voedsel voet vogel vork vorm vraag vriend vroeg vrolijk vrouw vrucht
vulkaan vulpen vuur wafel wagen wakker walnoot wals walvis warm wasbeer washand wasmand water watten week
weer wegwijs weide wekker welkom welpen wens wereld werk wesp west wezel wieg wiel wijk wijzer wild wilg
wind winkel winter wissel witlof woensdag wolf wolk wollen wonder woning woord worm wortel woud yoga zaag
zaal zacht zadel zakdoek zalm zand zang zebra zeef zeehond zeep zeester zeil zigzag zijde zilver zingen zoen
zoet zolder zomer zonnig zool zoon zout zuid zuivel zuur zwaan zwager zwaluw
"""

WORDS: Final[tuple[str, ...]] = tuple(_TEXT.split())

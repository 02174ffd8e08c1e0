/**
 * Ways of writing tags that mean one and the same; our own knowledge of music, checked against tags of real
 * sales. A page that was read before keeps the tags of then until it is read again.
 */

/**
 * Styles in the spelling that is shown. A tag that differs from one of these, or from a genre, only by
 * spaces, hyphens and other signs ("hardtechno", "lofi", "Detroit-Techno") is that one; and none of them is
 * ever a place.
 */
export const STYLES: readonly string[] = `
acid, acid house, acid jazz, acid techno, acid trance, afro house, afro jazz, afrobeat, afrobeats,
afro soul, alt pop, amapiano, ambient dub, ambient pop, ambient techno, art pop, art punk, art rock,
atmospheric black metal, bass music, bassline, batida, baile funk, balearic, bedroom pop, berlin school,
big beat, blackgaze, black midi, blues punk, bossa nova, breakbeat, breakcore, broken beat,
brutal death metal, bubblegum pop, c-pop, chamber pop, chanson, chicago house, chillhop, chillstep,
chicago drill, city pop, club, cold wave, comfy synth, cosmic disco, cyberpunk, dance punk, dark electro,
dark folk, dark jazz, dark synth, dark techno, darkwave, death doom, death industrial, death rock,
deep house, deep tech, deep techno, desert rock, detroit house, detroit techno, digicore, digital hardcore,
disco, disco house, dixieland, djent, doo wop, doom jazz, doom metal, drill, drone metal, dub poetry,
dub techno, dungeon synth, early music, easy listening, ebm, ecstatic dance, egg punk, electro house,
electro swing, electroclash, epic metal, ethereal wave, euro disco, eurodance, exotica,
experimental electronic, extreme metal, folk metal, folktronica, footwork jungle, free improvisation,
freestyle, freetekno, french house, french touch, frenchcore, funeral doom, funky house, future bass,
future funk, future garage, future jazz, gabber, garage punk, ghetto house, ghettotech, glam rock,
glitch hop, goa trance, goregrind, gothic metal, gothic rock, gqom, groove metal, guaracha, happy hardcore,
hard bop, hard dance, hard house, hard techno, hard trance, hard tek, hardcore techno, hardstyle,
harsh noise, harsh noise wall, hauntology, heavy psych, highlife, hi-nrg, horror punk, horrorcore,
horror synth, hyperpop, hypnagogic pop, hypnotic techno, indie dance, indie electronic, indietronica,
industrial metal, industrial rock, industrial techno, instrumental rock, italo dance, italo disco,
italo house, j-rock, jam band, jazz fusion, jazz rap, jersey club, jungle, jungle terror, k-pop, krautrock,
kosmische, kwaito, latin club, leftfield, leftfield bass, liquid drum & bass, live electronics, lo-fi,
lo-fi hip hop, lo-fi house, lounge, mathcore, melodic death metal, melodic dubstep, melodic hardcore,
melodic house, melodic techno, memphis rap, microhouse, microsound, midwest emo, minimal, minimal synth,
minimal techno, minimal wave, mod, modular synth, moombahton, mpb, neo-psychedelia, neofolk, nerdcore,
neue deutsche welle, neurofunk, new beat, noise rock, northern soul, nu disco, nu metal, oi,
old school hip hop, organic house, outrun, outsider house, p-funk, phonk, plugg, plunderphonics,
political punk, post-black metal, post-industrial, post-metal, power electronics, power metal, power noise,
powerviolence, progressive house, progressive trance, proto punk, psybient, psychedelia, psychedelic,
psychedelic folk, psychedelic pop, psychedelic soul, psychobilly, psychill, psycore, psydub, psytrance,
rap rock, raptor house, rave, raw black metal, riot grrrl, retrowave, ritual ambient, romanian minimal,
roots reggae, sample drill, schranz, screamo, shibuya-kei, singeli, skate punk, skramz, slowcore, slushwave,
smooth jazz, soca, son cubano, soul food, soulful house, southern gothic, southern rock, space ambient,
space disco, space rock, speed garage, speed metal, speedcore, steppers, stoner doom, stoner metal,
stoner rock, street punk, surf, surf punk, swamp rock, symphonic black metal, symphonic metal, synth,
synth punk, tape music, tech house, tech trance, technical death metal, techno pop, tekno, third wave ska,
trap metal, tribal house, tribal techno, trip hop, tropical house, tropicalia, turntablism, twee pop,
uk bass, uk drill, uk funky, uk garage, uk hardcore, uptempo, vocal trance, war metal, wave, weird folk,
western swing, wonky, world bass, yacht rock, zouk, zydeco, a cappella, acid breaks, acid folk, acidcore,
aggrotech, alternative folk, alternative metal, alternative pop, ambient black metal, ambient folk,
ambient house, anarcho punk, anti-folk, arab tek, avant-folk, avant-garde jazz, avant-garde metal, axé,
baltimore club, baroque pop, beatdown hardcore, black & roll, black ambient, blackened death metal,
blackened thrash metal, boogaloo, booty bass, brass band, bubblegum bass, cabaret, calypso, cantopop,
champeta, changa tuki, chamber folk, chamber jazz, chicha, chillgaze, choro, chopped & screwed,
classic rock, cloud rap, college rock, contemporary jazz, cosmic jazz, cowpunk, crossbreed,
crossover thrash, crunk, dance pop, dark cabaret, dark disco, dark pop, dark psy, dark rock, darkcore,
darkstep, deathgrind, deep dubstep, deep drum & bass, deep trance, depressive black metal, desi, diva house,
donk, doomcore, doomgaze, downtempo deathcore, dreamwave, drift phonk, drumfunk, drumstep, dsbm, eai,
eccojams, electro punk, electro funk, electro rock, electronic rock, emo rap, emoviolence, epic doom metal,
ethio-jazz, experimental ambient, experimental hip hop, experimental jazz, experimental metal,
experimental techno, fado, fastcore, filk, filter house, flashcore, folk blues, folk metal, folk noir,
folk-pop, forró, freak folk, french rap, funk metal, futurepop, future beats, future rave, gangsta rap,
garage house, ghetto funk, glitchcore, global bass, gnawa, gothic country, gothic folk, gregorian chant,
gypsy jazz, halftime, hands up, hard drum, hard groove, hard minimal, harsh ebm, heavy electronics,
heavy rock, heavy shoegaze, hexd, hip house, hypertechno, illbient, indie game, industrial hip hop,
industrial noise, isolationism, italo pop, j-core, jackin house, jazz house, jersey drill, jit, jug band,
juke house, kawaii bass, kawaii future bass, kuduro, latin house, latin hip hop, latin pop,
left-field house, lowercase, makina, mashcore, math metal, melodic black metal, melodic drum & bass,
melodic metal, metal punk, miami bass, minimalism, minimal house, minimal tech house, modern funk, neocrust,
new romantic, nightcore, noise punk, noisecore, noisegrind, norteño, nu gaze, nueva cumbia, nu italo,
occult rock, old time, opm, orchestral pop, peak time techno, piano house, piano pop, pornogrind,
post disco, post-dubstep, post-grunge, post-internet, post-minimalism, post-classical, pop rock, pop rap,
progressive psytrance, psybass, psygressive, punk rap, qawwali, quiet storm, raga, ragga jungle, raggacore,
raggatek, raï, rap metal, rave techno, raw techno, rawstyle, rebetiko, reggae rock, riddim,
rock in opposition, ruta destroy, sacred music, samba, sea shanty, sertanejo, shamanic,
slamming death metal, slap house, soft rock, sonidero, space bass, stenchcore, string band, sunshine pop,
surf pop, swing jazz, synth rock, techstep, terrorcore, throat singing, traditional jazz, trancecore,
tribal ambient, tribal trance, tribecore, tropical bass, twee, urbano latino, uk jazz, uk rap, uk techno,
vaportrap, viking metal, visual kei, waltz, west coast hip hop, winter synth, yodeling, zamrock, zolo, 2-step`
  .trim()
  .split(/,\s*/);

/**
 * Left of the arrow what people write, right of it the genre or style as it is shown. Spelling alone needs no
 * line here.
 */
export const ALIASES = `
dnb | d&b | d n b | dn b | drum&bass music | drumandbass | drumnbass | drum bass | drum'n'base |
  drum & base | dnb/jungle | jungle/drum & bass → drum & bass
liquid | liquid dnb | liquid funk | liquid d&b → liquid drum & bass
hip hop | rap/hip hop | hip hop & rap | hip hop rap | rap & hip hop | hiphop/rap | rap hip hop |
  hip hop music | rap/hiphop | hip-hop & r&b → hip-hop/rap
underground rap | underground hip hop/rap → underground hip-hop
hip hop instrumentals | hip hop instrumental | instrumental rap | rap instrumentals | instrumental beats |
  hip hop beats → instrumental hip-hop
conscious rap | political hip hop → conscious hip-hop
beat tapes → beat-tape
rap music → rap
rnb | r'n'b | rhythm 'n' blues/soul | rnb music → r&b
r&b/soul | soul/r&b | rnb/soul | r&b soul | soul & r&b | soul r&b → r&b/soul
contemporary rnb | alternative r&b | alt r&b | modern r&b → contemporary r&b
rhythm blues → rhythm & blues
nu soul | neosoul | modern soul → neo-soul
soul music → soul
rock'n'roll | rocknroll | rock n roll | rock roll | r&r → rock & roll
progressive rock | progrock | prog | progressive/rock → prog rock
psych rock | psychrock | psychedelic/rock | neo psychedelic rock → psychedelic rock
surf music | instrumental surf | surf instrumental | instrumental surf rock → surf rock
hard 'n' heavy → hard rock
alternative rock | alt rock | altrock | alternative & punk | alternative/indie |
  alternative music → alternative
indie/rock | indie alternative rock | independent rock → indie rock
indie music | independent music → indie
indiepop → indie pop
dreampop → dream pop
thrash metal music | thash metal | trash metal → thrash metal
prog metal | progmetal | progressive/metal → progressive metal
sludge | sludge doom | sludgecore → sludge metal
trad metal | traditional heavy metal | classic heavy metal | classic metal → heavy metal
doommetal | doom metal/stoner → doom metal
grind → grindcore
blackmetal → black metal
deathmetal → death metal
melodeath | melodic death → melodic death metal
tech death | technical death → technical death metal
funeral doom metal → funeral doom
new wave of british heavy metal → nwobhm
new wave of traditional heavy metal → nwothm
experiemental | experimantal | experimental music | experimentation → experimental
noise music | noize → noise
drones | drone music | drone ambient | ambient drone → drone
avantgarde | avant-gard | avante garde → avant garde
experimental pop music | avant pop → experimental pop
improvised music | improvised → improvisation
free improv | improv/free → free improvisation
soundart | audio art → sound art
musique concrète | concrete music | musique concréte → musique concrete
hc punk | hxc | hardcore/punk | us hardcore | punk hardcore → hardcore punk
crust | crustpunk | crustcore → crust punk
punk music → punk
emocore | emo rock → emo
poppunk | punk pop → pop punk
post-punk revival → post-punk
singer/songwriter | singer & songwriter | songwriter | singer-songwriters | singersongwriter | cantautor |
  cantautore | liedermacher → singer-songwriter
folk music | contemporary folk → folk
folkrock → folk rock
trad | trad folk | traditional folk | traditional music → traditional
pop music → pop
pop/rock → pop rock
electropop → electro pop
synthpop | synthiepop → synth pop
powerpop → power pop
jpop | japanese pop → j-pop
kpop | korean pop → k-pop
jrock → j-rock
chillout | chill | chilled | chill music | chilled out | chilling → chill-out
darkambient | ambient dark | dark drone ambient → dark ambient
ambient music | ambience → ambient
ambient electronica | electronic ambient → ambient electronic
soundscape | sound scape | soundscaping → soundscapes
field recording | fieldrecordings | phonography → field recordings
meditative | meditation music → meditation
newage | new age music → new age
ost | original soundtrack | soundtracks | score | film score | original score | bande originale |
  motion picture soundtrack → soundtrack
film scores | filmmusic | film soundtrack | movie soundtrack | cinema music → film music
vgm | game music | videogame music | video game soundtrack | game soundtrack | video game ost | videogame |
  video game | game ost | video games → video game music
worldmusic | world music → world
latino | latin music | musica latina | música latina → latin
african music → african
brasileira | música brasileira | musica brasileira | brazilian music → brazilian
celtic music → celtic
cumbia digital | digital cumbia | electrocumbia → digital cumbia
balkan music → balkan
regueton | reggaetón → reggaeton
jazz music → jazz
jazz & improvised music | improvised jazz → free jazz
nujazz → nu jazz
fusion jazz | jazz rock | jazzrock | jazz fusion → jazz fusion
bop | be bop → bebop
bigband → big band
acoustic music → acoustic
electroacoustic | acousmatic | electroacoustic music → electro-acoustic
piano music | solo piano → piano
guitar music | solo guitar → guitar
funk soul | soul funk → funk & soul
raregroove | rare grooves → rare groove
christian music | ccm → christian
orchestral music | orchestra → orchestral
classical music | classic music | clásica | classique → classical
neoclassical | neo classic → neo-classical
contemporary classical music | contemporary music → contemporary classical
chamber → chamber music
choir | choral music → choral
reggae music → reggae
roots & culture → roots reggae
ska punk | skacore → ska punk
dance hall → dancehall
dub music | dubwise → dub
podcast → podcasts
country music → country
alternative country | altcountry → alt-country
spokenword | spoken → spoken word
poems | poet → poetry
story telling → storytelling
stand up comedy | standup comedy → stand-up
comedy music | comedy songs | comedy rock → comedy
audiobook | audio book | audio books → audiobooks
electronic music | electronics | elektronik | electrónica | électronique | elektronisch |
  eletronica → electronic
electonica | elektronica → electronica
techno music → techno
tekkno → techno
house music → house
dance music → dance
down tempo | downbeat → downtempo
dub step → dubstep
i.d.m. | intelligent dance music | braindance → idm
breakz | nu skool breaks | breaks/breakbeat → breaks
break beat | breakbeats → breakbeat
trance music → trance
chip tune | chipmusic | chip music | 8bit | 8 bit | 8-bit music → chiptune
e.d.m. | electronic dance music → edm
instrumentals | instrumental music → instrumental
two step → 2-step
ukg | uk garage/2 step | 2 step garage | ukgarage → uk garage
vaporwave music | vapourwave | vapor wave | vapour wave → vaporwave
synth wave | synthwave/retrowave | new retro wave | newretrowave → synthwave
retro wave | retrosynth → retrowave
psy trance | psychedelic trance | psy | psytrance music → psytrance
goa | goatrance | psytrance/goa | techno goa | goa psytrance | psygoatrance → goa trance
psychillout | psy chill | psychedelic chillout → psychill
psy dub → psydub
dubtechno | dub tech | dubtech → dub techno
gabba | gabber hardcore | early hardcore gabber → gabber
hardtekk | hardtek | hard tek | hardteck → hard tek
industrial hardcore techno → industrial hardcore
electronic body music | e.b.m. → ebm
electro industrial | industrial electro → electro-industrial
techno industrial → industrial techno
coldwave → cold wave
dark wave → darkwave
darksynth → dark synth
minimalwave → minimal wave
minimalsynth | minimal electronics → minimal synth
kraut | kraut rock → krautrock
italo | italodisco | italo-disco music → italo disco
nudisco | new disco → nu disco
disco music → disco
rave music → rave
acid music → acid
lofi | low fi | low-fi → lo-fi
lofi hip hop | lo fi hip hop beats | lofi beats | lofi hiphop | lo-fi beats → lo-fi hip hop
bass | bassmusic → bass music
funk carioca | brazilian funk | favela funk → baile funk
kuduro/batida → batida
wave music → wave
hnw → harsh noise wall
harsh → harsh noise
stoner → stoner rock
psych | psicodelia | psychedelic music → psychedelic
minimal deep tech → deep tech
vogue | ballroom house → ballroom
sound collage | collage → sound collage
tropicália → tropicalia
nu-metal → nu metal
indus | industriel | industrial music → industrial
música electrónica | musica electronica | musica elettronica | musique électronique | musique electronique |
  elektronische musik | électro | elettronica | электроника → electronic
minimal music | minimalist | minimalistic | minimalismus → minimalism
rominimal | romanian techno | ro minimal → romanian minimal
darkpsy | dark psychedelic trance | dark psytrance | forest psytrance/darkpsy → dark psy
progressive psy trance | progressive psychedelic trance → progressive psytrance
melodic house & techno | melodic techno & house | melodic house/techno → melodic house
classic rock & roll | rock clasico | rock clásico | rock classic → classic rock
chopped not slopped | slowed & chopped | screwed & chopped | chopped n screwed → chopped & screwed
depressive suicidal black metal | depressive suicidal bm → dsbm
hard drums → hard drum
disco edit | re edits | reedits | re-edit | edit → edits
remixes | remixed | rmx → remix
vapour | vaporwave/mallsoft → vaporwave
accoustic | acústico | acoustique | akustik → acoustic
jazz & improvised | improv jazz → free jazz
bossa → bossa nova
dubwave → dub
pfunk → p-funk
hardcore electronic → hardcore techno
slam death metal | slamming brutal death metal | brutal slamming death metal → slamming death metal
psych-folk → psychedelic folk
psych-pop → psychedelic pop
reggae dub | dub reggae → dub
rap francais | rap français | rap fr → french rap
lofi house music → lo-fi house
space jazz → cosmic jazz
ost/soundtrack | video game score → soundtrack
kinder | kids | kids music | children | children's | childrens | childrens music → children's music`
  .trim()
  .replace(/\n {2}/g, ' ')
  .split('\n')
  .map(line => line.split(' → '));

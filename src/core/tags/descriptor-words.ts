/**
 * Words on pages that say how music feels, what it is sold as, who made it or what about, in groups; our own
 * knowledge of how people label releases. No genre of Bandcamp's list and no style of ours is among them.
 */

/** How it feels and sounds. */
const MOODS = `
dark, darkness, dark music, light, bright, deep, heavy, hard, soft, raw, loud, quiet, silence, silent,
noisy, calm, calming, relaxing, relaxed, relax, relaxation, peaceful, peace, serene, serenity, tranquil,
tranquility, soothing, gentle, tender, delicate, fragile, intimate, mellow, smooth, warm, warmth, cold,
cool, cozy, comfy, sweet, cute, kawaii, happy, happiness, joy, joyful, fun, funny, playful, humor, humour,
humorous, silly, whimsical, uplifting, positive, positivity, feel good, good vibes, good vibe, vibes,
vibe, vibey, upbeat, energetic, energy, high energy, exciting, sad, sadness, sorrow, melancholy,
melancholic, melancholia, nostalgic, nostalgia, bittersweet, wistful, moody, mood, gloomy, gloom, bleak,
somber, sombre, grim, depressing, depressed, depression, depressive, despair, desolate, desolation,
lonely, loneliness, solitude, isolation, emotional, emotive, emotion, emotions, feelings, sentimental,
passionate, passion, romantic, romance, sensual, sexy, erotic, seductive, dreamy, dream, dreams, dreaming,
dreamlike, dreamscape, ethereal, hazy, foggy, floating, drifting, drift, immersive, hypnotic, hypnosis,
mesmerizing, trippy, mind bending, spacey, spaced out, cosmic, celestial, otherworldly, surreal,
surrealism, surrealist, mysterious, mystery, mystical, mystic, mysticism, magic, magical, haunting,
haunted, eerie, creepy, spooky, scary, ominous, sinister, evil, menacing, tense, tension, unsettling,
disturbing, twisted, crazy, insane, mental, mad, chaotic, chaos, wild, weird, weirdo, strange, bizarre,
odd, quirky, eccentric, eclectic, offbeat, unique, original, unusual, unconventional, unclassifiable,
uncategorizable, different, angry, anger, rage, aggressive, aggression, violent, violence, brutal,
brutality, extreme, intense, intensity, powerful, power, epic, majestic, grand, dramatic, theatrical,
cinematic, filmic, anthemic, triumphant, heroic, hopeful, hope, inspiring, inspiration, motivational,
motivation, optimistic, reflective, introspective, introspection, contemplative, contemplation,
thoughtful, pensive, pastoral, rustic, earthy, organic, lush, rich, dense, sparse, spacious, layered,
textural, texture, textures, textured, gritty, grit, dirty, filthy, nasty, greasy, crunchy, fuzzy, fuzz,
distorted, distortion, overdrive, feedback, reverb, echo, delay, melodic, melody, melodies, melodious,
harmonic, harmony, harmonies, rhythmic, rhythm, rhythms, percussive, repetitive, repetition, loopy,
groovy, groove, grooves, jazzy, bluesy, soulful, poppy, catchy, hooks, danceable, dancey, bouncy, hyper,
hyperactive, manic, slow, slowed, slowed down, slow motion, slowed reverb, slowed and reverb,
slowed
to
perfection, sped up, speed, fast, mid tempo, dynamic, complex, simple, abstract, abstraction,
conceptual, concept, cerebral, intellectual, sophisticated, elegant, beautiful, beauty, lovely, gorgeous,
pretty, sublime, timeless, futuristic, future, modern, contemporary, retro, vintage, classic, classics,
old
school, old skool, new school, throwback, oldies, oldies but goodies, golden era, golden age, trendy,
hype, fresh, fire, dope, authentic, honest, sincere, bold, edgy, sludgy, doomy, stoned, psychotropic,
hallucinogenic, hallucinatory, freaky, freak out, odd meter, odd time, polyrhythm, polyrhythmic,
polymeter, microtonal, microtonality, just intonation, atonal, tonal, binaural, binaural beats,
isochronic, solfeggio, stereo, mono, surround, spatial audio, dolby atmos, 8d audio, wall of sound,
low
end, subwoofer, bass heavy, bass boosted, ear candy, earworm, headphones, headphone music, sound bath,
sonic exploration, sonic, sounds, sound, audio, cosmic experience, liminal, liminal space, liminal spaces,
uncanny, void, abyss, abyssal, infernal, apocalyptic, apocalypse, post-apocalyptic, dystopian, dystopia,
utopia, utopian, urban decay, decay, dissonant, dissonance, cathartic, catharsis, ecstatic, ecstasy,
euphoric, euphoria, blissful, bliss, transcendent, transcendental, zen, sacred, holy, divine, heavenly,
angelic, devilish, demonic, smile, laughter, tears, cry, crying, wonder, awe, curious, curiosity,
innocent, innocence, naive, guilty, guilt, shame, fear, fearless, panic, paranoia, paranoid, nightmare,
nightmares, nightmarish, macabre, morbid, grotesque, vicious, ferocious, savage, relentless, crushing,
pummeling, blistering, thunderous, bombastic, ambitious, adventurous, daring, mindblowing, psychotic,
psycho, lunatic, delirious, delirium, fever, fever dream, feverish, drunk, drowsy, sleepy, lazy, slacker,
slack, carefree, chillin, laid back, easygoing, breezy, airy, lighthearted, radiant, shiny, glowing, glow,
sparkling, glittery, shimmering, shimmery, crystalline, glassy, metallic, icy, frozen, frosty, wintry,
autumnal, summery, nocturnal, crepuscular, murky, swampy, muddy, dusty, rusty, crusty, scuzzy, grimy,
sleazy, sleaze, swagger, sassy, flamboyant, glamorous, glamour, kitsch, cheesy, tacky, corny, campy,
naughty, taboo, provocative, confrontational, controversial, subversive, transgressive, defiant,
rebellious, fierce, feral, primal, primitive, primordial, archaic, ancient, antique, old, futurist,
retro
futuristic, retrofuturism, retro style, steampunk, dieselpunk, solarpunk, atompunk, synthetic,
artificial, mechanical, robotic, clinical, sterile, stripped down, stripped back, bare, naked, nude,
vulnerable, vulnerability, confessional, personal, private, autobiographical, deep thoughts, stream of
consciousness, subconscious, unconscious, lucid dreaming, lucid dream, lucid, trance like, trance
inducing, altered
states, psychonaut, psychedelic experience, entheogen, entheogenic, consciousness,
awakening, enlightenment, nirvana, chakra, chakras, aura, kundalini, karma, dharma, tantra, tantric,
ayahuasca, oneiric, phantasmagoric, spectral, ghoulish, wicked, unholy, blasphemous, blasphemy, heretic,
heresy, profane, sacrilege, malevolent, hateful, hate, hatred, misery, miserable, suffering, pain,
painful, agony, torment, torture, angst, angsty, bitter, bitterness, cynical, cynicism, sarcastic, apathy,
apathetic, boredom, bored, boring, ennui, alienation, alienated, estranged, absence, emptiness, empty,
hollow, longing, yearning, desire, lust, obsession, jealousy, betrayal, revenge, vengeance, forgiveness,
redemption, salvation, gratitude, kindness, compassion, empathy, friendship, unity, togetherness,
one
love, courage, bravery, strength, strong, confidence, pride, glory, victory, success, failure, loser,
losers`;

/** What it is sold as and published on. */
const FORMATS = `
vinyl, vinyls, vinyl only, vinyl record, vinyl records, vinyl release, colored vinyl, coloured vinyl, wax,
lathe cut, lathe, dubplate, dubplates, test pressing, picture disc, flexi, flexi disc, record, records,
lp, lps, double lp, 2xlp, 2lp, ep, eps, extended play, single, singles, maxi single, double single,
b
side, b sides, a side, side a, side b, split, split ep, split tape, splits, album, albums, full album,
full length, double album, debut, debut album, debut ep, concept album, live album, mini album,
instrumental album, self titled, discography, full discography, anthology, compilation, compilations,
comp, va compilation, various, various artists, sampler, samplers, collection, box set, best of,
greatest
hits, hits, mixtape, mixtapes, mix, mixes, megamix, mixed, dj mix, dj mixes, dj set, live set,
demo, demos, demo tape, rough demo, bedroom demo, cassette, cassettes, cassette tape, cassette tapes,
tape, tapes, tape only, tape label, tape culture, k7, mc, 8 track, 8 track tape, 4 track, four track,
4
track
recording, cd, cds, cdr, compact disc, compact disk, digipak, minidisc, minidiscs, md, dvd, dvdr,
usb, floppy, floppy disk, mp3, mp3s, wav, flac, aiff, aac, ogg, lossless, hi res, high resolution,
hd
audio, digital, digital album, digital download, digital only, digital release, digital single,
digital
ep, stream, streaming, download, downloads, downloadable, zip, file, files, bootleg, bootlegs,
reissue, reissues, re-release, remaster, remastered, remasters, mastered, unmastered, limited edition,
limited, limited run, special edition, deluxe, deluxe edition, anniversary, anniversary edition,
collectors
edition, exclusive, bandcamp exclusive, rare, rarities, rarity, unreleased, lost tapes, lost,
archive, archives, archival, outtakes, b-sides and rarities, leftovers, scraps, sketches, sketch,
snippets, work in
progress, wip, unfinished, alternate, alternate version, version, versions,
extended
mix, club mix, radio
original mix, instrumental version, remix, remixes, remix album, remix
ep, remix contest, rework, reworks, reworked, refix, flip, flips, vip, vips, stems, cover,
covers, cover song, cover
songs, cover album, cover band, tribute, tribute album, tribute band, live,
live
recording, live
recordings, live music, live session, live sessions, live show, live performance,
live at, recorded live, in concert, concert, concerts, unplugged, session, sessions, radio session,
studio, studio
album, home
studio, home recording, home recordings, home recorded, home demo, home taping,
bedroom, bedroom
recording, bedroom producer, bedroom music, self recorded, self produced, self released,
self
release, merch, merchandise, t-shirt, t-shirts, shirt, hoodie, poster, posters, sticker, stickers,
zine, zines, fanzine, fanzines, magazine, book, books, comic, comics, artwork, art print, photography,
lyrics, lyric, video, videos, music video, film, films, movie, movies, cinema, short film, tv, television,
theatre, theater, theme song, trailer, jingle, jingles, ringtone, ringtones, 7", 10", 12", lp record, 45,
45s, 78 rpm, 33 rpm, gatefold, obi, boxed set, slipmat, hand numbered, numbered, private press,
private
pressing, white label, 3 track ep, album art, cover art, liner notes, videoclip, shorts, medley,
suite, suites, cycle, song cycle, trilogy, episode, episodes, broadcast, radio show, radio station, bonus,
bonus
track, bonus tracks, hidden track, instrumental versions, acoustic version, acoustic versions,
acoustic
session, acoustic sessions, acoustic ep, acoustic cover, stripped, uncut, explicit, clean
version, censored, uncensored, raw mix, dub version, dub mix, rough mix, soundboard, soundboard recording,
audience
recording, bootleg recording, vault, from the vault, back catalogue, catalog, catalogue,
retrospective, remastered edition`;

/** What it costs, what may be done with it, and words of shops. */
const SHOP = `
free, freebie, freebies, for free, gratis, free stuff, name your price, nyp, pay what you want,
pay
what
you can, pwyw, donation, donations, donate, charity, fundraiser, fundraising, benefit, benefit
album, benefit compilation, for charity, buy, buy now, buy music, sale, on sale, for sale, shop, store,
discount, pre-order, order now, out now, new release, new releases, new music, new album, new song, new
songs, new
single, new artist, new, newest, latest, upcoming, coming soon, hot new, bestseller,
bestsellers, popular, trending, viral, top 10, top 40, top, chart, charts, hit, hit single, promo,
promotion, support, support
local, support artists, local, local music, local band, local artist,
subscribe, subscription, subscriber, subscribers only, fan club, featured, recommended, must have,
bandcamp, bandcamp friday, bandcamp daily, bandcamp pro, soundcloud, spotify, youtube, itunes, apple
music, beatport, tiktok, instagram, facebook, myspace, patreon, kickstarter, crowdfunding, twitch,
discord, reddit, last.fm, discogs, juno, royalty
free, no copyright, non copyright, copyright free,
copyright, public domain, creative commons, cc, cc by, cc0, cc by sa, cc by nc, cc by nc sa, copyleft,
open source, licensing, license, licence, licensed, sync, sync licensing, leasing, lease, for lease,
exclusive rights, no rights
reserved, production music, stock
music, library, sample pack, sample packs,
samples, sample, sampling, sampled, sample based, sample free, drum kit, drum kits, loops, loop, loop
pack, one shots, presets, preset, patches, sound pack, sound packs, sound effects, sound effect, sfx,
soundfx, foley, fx, fx pedals, pedals, guitar pedals, beats for sale, beat for sale, type beat, type
beats, free beats, buy beats, beat
store, backing track, backing tracks, karaoke, dj tools, dj tool, dj
friendly, scratch tools, acapellas, acapella pack, midi, vst, plugin, plugins, background, background
music, music for video, music for film, music for media, music for games, music for sync, youtube music,
vlog, vlog music, intro
music, corporate, advertising, commercial, underscore, premium, offer, cheap,
bundle, gift, giveaway, contest, winner, award, awards, award winning, grammy, nominated, signed, sold
out, in stock, out of
print, oop, download code, download card, links, website, homepage, blog,
newsletter, follow, share, subscribe now, listen, listen now, stream now, check it out, review, reviews,
radio play, airplay, college
radio, indie radio, internet radio, bbc, bbc radio, npr, kexp, wfmu, john
peel, peel session, peel
sessions, marketing, brand, branding, business, management, booking, publishing,
publisher, rights, all
rights reserved, riaa, ascap, bmi, tv & film, placement, mp3 download, sell`;

/** Who made it, and how. */
const MAKERS = `
independent, indipendent, indie artist, independent artist, independent artists, independent label,
independent release, independent record label, unsigned, unsigned artist, unsigned band, diy,
do
it
yourself, diy music, diy punks, underground, underground music, undergound, mainstream, non
commercial, uncommercial, amateur, professional, outsider, outsider art, cult, obscure, unknown, unknown
artist, anonymous, anon, solo, solo project, solo artist, solo act, solo album, side project, one man
band, one
man project, one person band, one woman band, one person project, oneman, duo, duos, duet,
duets, trio, trios, quartet, quintet, sextet, septet, octet, ensemble, band, bands, group, supergroup,
collective, artist collective, community, crew, gang, family, friends, artist, artists, musician,
musicians, composer, composers, composition, compositions, composed, producer, producers, music producer,
record producer, production, produced, beatmaker, beatmakers, beatmaking, dj, djs, deejay, selector,
emcee, mcs, rapper, rappers, singer, singers, vocalist, vocalists, female vocalist, female vocalists,
male
vocalist, guitarist, bassist, drummer, pianist, percussionist, multi-instrumentalist, songwriting,
songs, song, lyricist, storyteller, performer, performance, performance art, collaboration,
collaborations, collaborative, collab, collabs, colab, feat, featuring, remixer, label, labels, record
label, record
labels, netlabel, netlabels, imprint, diy label, micro label, distro, releases, release,
female, male, female fronted, female producer, female artist, female rapper, female singer,
female
singer-songwriter, women, woman, women in music, girl, girls, girl band, girl group, boy band,
boys, men, man, kid, teen, teens, teenager, youth, young, student, students, school, all female, all girl,
queer, queer artist, lgbt, lgbtq, lgbtqia, gay, lesbian, bisexual, trans, transgender, nonbinary, black
artist, black artists, poc, bipoc, indigenous artist, disabled, neurodivergent, autistic, autism, adhd,
ai, ai
music, ai generated, artificial intelligence, generative, generated, algorithm, algorithmic,
computer, computers, computer
generated, machine, machines, robot, robots, machine learning, hardware,
hardware
only, hardware synth, hardware synths, hardware jam, hardware live, dawless, daw, dawless jam,
software, gear, modular, modular
synthesis, modular synthesizer, modular synths, eurorack, buchla, moog,
korg, roland, yamaha, elektron, akai, mpc, sp-404, sp1200, tb-303, tr-808, tr-909, dx7, juno 60, juno 106,
jupiter 8, ms20, op-1, po-33, pocket operator, monome, norns, volca, octatrack, digitakt, machinedrum,
monomachine, ableton, ableton
live, fl studio, fruity loops, logic pro, garageband, renoise, bitwig,
pro
tools, cubase, reaper, audacity, max/msp, pure data, supercollider, csound, tidalcycles, sonic pi,
vcv
rack, lsdj, nanoloop, famitracker, deflemask, milkytracker, protracker, analog, analogue,
analog
recording, analogue recording, all analog, analog warmth, analog synth, analog synths, analog
synthesizer, analogue synth, analogue
synths, electric, electrified, amplified, unamplified, handmade,
home made, hand
drawn, experiment, experiments, jam, jams, jamming, jam session, improv session, live
looping, looping, looper, loop pedal, loop station, overdub, overdubs, one take, multitrack, circuit
bending, circuit bent, no input, no input
mixer, prepared piano, found objects, homemade instruments,
invented instruments, soundsystem, sound
systems, sound engineer, mixing, mastering, recording,
recordings, recorded, multi
genre, genre bending, genreless, genre fluid, no genre, cross genre, mixed
genre, mixed genres, all
genres, any genre, genre, genres, post genre, hybrid, mix of genres, category,
miscellaneous, misc, other, others, none, untitled, unknown genre, uncategorized, various genres, various
styles, style, styles, beatz, beats by, beat battle, freestyle battle, cypher, remake, anonymous artist,
virtual band, virtual
artist, cartoon band, fictional band, fictional, fake band, fake, unknown band,
local bands, new band, young band, rock band, metal band, punk band, rock group, school band, youth band,
family band, backing
band, live band, full band, session musician, session musicians, bandleader,
frontman, frontwoman, leader, conductor, arranger, arrangement, arrangements, arranged, soloist, soloists,
virtuoso, virtuosic, virtuosity, technique, technical, skill, skills, talent, talented, genius, prodigy,
legend, legendary, icon, iconic, pioneer, pioneers, pioneering, innovative, innovation, innovator, cutting
edge, next level, next generation, generation, generation x, gen z, millennial, millennials, boomer,
boomers, old man, oldies band, veteran, veterans, professor, engineer, inventor, hacker music, maker,
makers, craft, handcrafted, low budget, no budget, cheap gear, thrift, trashy, garage recording, basement
recording, home, kitchen, attic, shed, cabin, barn, living room, hybrid genre, anti-music, non music, not
music, not
a band, not comedy, not for everyone, hobby, hobbyist, self taught, autodidact, untrained,
freelance, freelancer, bedroom artist, bedroom studio, laptop, laptop music, ipad, iphone, ios, android,
tablet, smartphone, phone, cell phone, voice memo, voice memos, dictaphone, portastudio, tascam, fostex,
otari, revox, nagra, zoom h4n, walkman, boombox, ghetto blaster, hifi, audiophile, quadraphonic,
multichannel, ambisonic, ambisonics, acousmonium, immersive audio, spatial, spatialization,
psychoacoustic, psychoacoustics, acoustics, resonance, resonant, frequency, frequencies, spectrum,
vibration, vibrations, electricity, electromagnetic, electromagnetism, magnetic, magnetic tape, cassette
culture, tape hiss, hiss, crackle, static, hum, buzz, buzzing, whirr, click, clicks, bleep, bleeps,
bloops, beep, beeps, blips`;

/** Instruments, parts of bands and voices, alone. */
const INSTRUMENTS = `
guitars, electric guitar, electric guitars, acoustic guitar, acoustic guitars, bass guitar,
classical
guitar, baritone guitar, slide guitar, steel guitar, lap steel, pedal steel, pedal steel guitar,
twelve
string guitar, 12 string guitar, 12 string, nylon string guitar, resonator guitar, dobro, ukulele,
uke, banjo, mandolin, bouzouki, lute, oud, zither, autoharp, dulcimer, hurdy gurdy, sitar, sarod, tabla,
tanpura, koto, shamisen, shakuhachi, erhu, guzheng, pipa, kora, balafon, mbira, kalimba, djembe, congas,
bongos, cajon, taiko, didgeridoo, jaw harp, jew's harp, nyckelharpa, kantele, hardanger fiddle, fiddle,
violin, violins, viola, cello, cellos, double bass, upright bass, contrabass, fretless bass, strings,
string quartet, strings section, harp, harps, electric piano, grand piano, upright
piano, felt piano,
toy
piano, rhodes, fender rhodes, wurlitzer, clavinet, organ, organs, pipe organ, church organ, hammond,
hammond organ, b3, harmonium, accordion, concertina, melodica, harmonica, harpsichord, celesta,
glockenspiel, vibraphone, marimba, xylophone, bells, bell, gong, gongs, singing bowls, singing bowl,
tibetan bowls, handpan, hang drum, steelpan, steel drums, drum, drums, drumming, drum machine,
drum
machines, live drums, drum solo, drum loops, percussion, percussions, hand
percussion, clarinet,
bass
clarinet, flute, flutes, bansuri, recorder, ocarina, oboe, bassoon, sax, saxophone, saxophones,
saxaphone, alto sax, alto saxophone, tenor sax, tenor saxophone, soprano saxophone, baritone saxophone,
bari sax, trumpet, trumpets, trombone, tuba, french horn, flugelhorn, horn, horns, brass, woodwind,
woodwinds, winds, wind instruments, bagpipes, bagpipe, uilleann pipes, tin whistle, whistle, theremin,
ondes
martenot, synthesizer, synthesizers, synthesiser, synthesisers, synths, synthesis, synth bass,
mellotron, vocoder, autotune, talkbox, keyboard, keyboards, keys, turntable, turntables, scratch,
scratching, tape
loop, tape loops, tape delay, tape machine, tape recorder, reel to
reel, radio,
shortwave, walkie talkie, contact mic, contact mics, microphone, oscillator, oscillators, sine wave, sine
waves, white noise, pink
noise, brown noise, vocal, vocals, voice, voices, female vocal, female vocals,
female voice, male vocal, male vocals, male voice, clean vocals, harsh vocals, screaming, scream, screams,
screaming vocals, growl, growls, growling, singing, sung, spoken vocals, wordless vocals, vocal samples,
vocal harmonies, vocal
harmony, harmony vocals, multi vocals, backing vocals, falsetto, soprano, alto,
tenor, baritone, mezzo-soprano, beatbox, beatboxing, humming, whispering, whisper, no
vocals, without
vocals, handclaps, power trio, piano trio, guitar solo, guitar solos, shred guitar, shred, shredding,
guitar riffs, riffs, riff, fingerstyle, fingerstyle guitar, fingerpicking, fingerpicked guitar, bass drum,
kick drum, 808s, 808
drums, chords, arpeggios, arpeggio, arpeggiator, tuning fork, metronome`;

/** When and what for. */
const OCCASIONS = `
summer, summertime, winter, wintertime, autumn, fall, spring, season, seasons, seasonal, christmas, xmas,
christmas music, christmas songs, holiday, holidays, holiday music, hanukkah, new year, new years eve,
easter, halloween, valentine, valentines, valentines day, thanksgiving, birthday, wedding, weddings,
funeral, party, parties, house party, partying, after party, after hours, club night, nightclub,
nightlife, night, nights, late night, midnight, nighttime, night drive, night driving, night music,
morning, sunrise, dawn, dusk, sunset, evening, day, daytime, monday, friday, saturday, sunday,
sunday
morning, weekend, today, tomorrow, yesterday, january, february, march, april, may, june, july,
august, september, october, november, december, driving, drive, driving music, road trip, road, travel,
traveling, travelling, journey, voyage, adventure, walking, running, workout, gym, fitness, sport, sports,
football, soccer, surfing, skate, skateboarding, skateboard, snowboarding, bmx, bike, bikes, cycling,
yoga, yoga
music, reiki, tai chi, massage, spa, spa music, healing, healing music, sound healing, therapy,
music
therapy, wellness, self care, mindfulness, mindful, sleep, sleeping, sleep music, deep sleep,
insomnia, nap, bedtime, study, studying, study music, study beats, focus, concentration, work, working,
reading
music, homework, listening, close listening, coffee, cafe, coffee shop, cooking, dinner music,
dinner, cocktail, drinking, beer, whiskey, wine, food, pizza, tea, smoking, smoke, weed, 420, cannabis,
marijuana, ganja, high times, drugs, drug, lsd, mushrooms, dmt, ketamine, mdma, acid trip, alcohol,
festival, festivals, dancefloor, dancing, dancer, dancers, warehouse, basement, beach, beaches,
pool
party, poolside, islands, tropics, ocean, oceans, sea, seas, sea side, lake, river, rivers, water,
underwater, rain, rainy, rainy day, storm, thunderstorm, snow, ice, fog, mist, wind, clouds, cloud, sky,
sun, sunshine, sunny, moon, moonlight, lunar, star, stars, stellar, planet, planets, galaxy, universe,
cosmos, space, outer space, nasa, astronomy, earth, nature, nature sounds, environment, environmental,
ecology, ecological, climate, climate change, landscape, landscapes, wilderness, mountain, mountains,
forest, forests, woods, woodland, tree, trees, garden, gardens, flower, flowers, plants, plant music,
desert, animals, animal, cat, cats, dog, dogs, bird, birds, birdsong, whale, whales, wolf, wolves,
insects, bees, cave, caves, city, cities, urban life, street, streets, suburb, suburbia, suburban,
countryside, rural, village, hotel, airport, train, trains, cars, car, car music, car test, subway,
factory, church, cathedral, temple, hospital, prison, museum, gallery, installation, sound installation,
exhibition, ghetto, hood, block party, barrio, favela, slum, neighborhood, neighbourhood, playground,
park, pub, pubs, saloon, tavern, lounge bar, rooftop, terrace, balcony, patio, backyard, yard, campfire,
camping, hiking, fishing, hunting, farming, farm, farmer, harvest, solstice, equinox, midsummer,
full
moon, new moon, eclipse, comet, meteor, asteroid, mars, venus, jupiter, saturn, pluto, uranus,
neptune, mercury, orbit, rocket, spaceship, spacecraft, starship, satellite, astronaut, cosmonaut, moon
landing, space travel, interstellar, intergalactic, nebula, black hole, supernova, big bang, infinity,
infinite, eternal, eternity, immortal, mortality, dimension, dimensions, multidimensional, 4th dimension,
fourth
dimension, 3d, portal, tunnel, labyrinth, maze, ruins, tower, bridge, bridges, harbor, harbour,
lighthouse, shore, coast, coastal, coastline, aquatic, marine, sub aquatic, deep sea, fish, dolphin,
dolphins, shark, sharks, octopus, mermaid, mermaids, waterfall, creek, swamp, marsh, bog, moor, meadow,
fields, prairie, plains, canyon, valley, hills, hill, volcano, glacier, tundra, polar, northern lights,
aurora, aurora borealis, rainbow, thunder, lightning, hurricane, tornado, flood, drought, earthquake,
tsunami, disaster, catastrophe, extinction, anthropocene, ecosystem, botanical, botany, botanic, mycology,
mycelium, fungi, fungus, mushroom, moss, fern, roses, lotus, seed, seeds, leaves, leaf, grass, crow,
crows, raven, ravens, owl, owls, eagle, hawk, dove, swan, horse, horses, cow, pig, pigs, goat, goats,
sheep, lion, tiger, bear, bears, deer, fox, rabbit, rabbits, rat, rats, mouse, bat, bats, snake, snakes,
serpent, reptile, reptilian, lizard, frog, frogs, toad, spider, spiders, moth, butterfly, worm, worms,
dinosaur, dinosaurs, unicorn, unicorns, beast`;

/** What about. */
const SUBJECTS = `
love, love song, love songs, lovers, sex, heart, heartbreak, broken heart, breakup, grief, loss, mourning,
suicide, mental health, anxiety, trauma, illness, health, life, living, memory, memories, childhood,
growing up, teenage, aging, time travel, past, history, historical, historic, war, wars, anti-war,
world
war, world war i, world war ii, ww1, ww2, wwii, military, army, cold war, politics, political,
politic, protest, protest song, protest songs, protest music, resistance, revolution, revolutionary,
rebel, rebellion, activism, activist, social justice, social commentary, justice, freedom, liberation,
equality, human rights, feminism, feminist, riot, anarchy, anarchism, anarchist, antifa, antifascist,
antifascism, anti-racist, anti racism, anticapitalist, capitalism, communism, communist, socialist,
socialism, leftist, left wing, working class, union, labor, labour, workers, democracy, fascism,
colonialism, decolonial, decolonize, immigration, refugees, palestine solidarity, free palestine,
black
lives matter, blm, covid, covid-19, coronavirus, corona, pandemic, quarantine, lockdown, trump,
brexit, election, elections, news, truth, conspiracy, aliens, alien, ufo, ufos, science, sci-fi, science
fiction, technology, internet, online, web, digital age, cyber, hacker, virtual, virtual reality,
metaverse, nft, nfts, crypto, bitcoin, mathematics, physics, quantum, chemistry, biology, medicine,
psychology, psychological, philosophy, philosophical, existential, existentialism, nihilism, nihilist,
nihilistic, absurd, absurdist, absurdism, dada, dadaism, futurism, fluxus, psychogeography, religion,
religious, spirituality, god, jesus, jesus
christ, christ, bible, biblical, faith, faith based, prayer,
prayers, church music, angel, angels, demon, demons, devil, satan, satanic, satanism, hell, heaven,
afterlife, occult, occultism, occultist, esoteric, esotericism, witch, witches, witchcraft, witchy, wicca,
magick, tarot, astrology, zodiac, alchemy, pagan, paganism, heathen, heathenism, druid, ancestral,
ancestors, buddhist, buddhism, hindu, hinduism, krishna, islam, islamic, muslim, catholic, catholicism,
jewish, judaism, kabbalah, rasta, rastafari, rastafarian, mythology, mythological, myth, myths, folklore,
folk
tales, fairy tale, fairy tales, fairies, fantasy, high fantasy, dark fantasy, tolkien, lord of the
rings, dragons, dragon, wizard, wizards, knights, castle, dungeon, dungeons and dragons, dnd, d&d, rpg,
viking, vikings, norse, norse mythology, samurai, ninja, pirate, pirates, cowboy, cowboys, horror, horror
movie, horror film, slasher, lovecraft, lovecraftian, h.p. lovecraft, cthulhu, zombie, zombies, vampire,
vampires, vampiric, werewolf, ghost, ghosts, ghostly, monster, monsters, serial killer, serial killers,
murder, blood, gore, skull, skulls, skeleton, cemetery, graveyard, death cult, crime, true crime,
gangster, mafia, noir, film noir, detective, thriller, mystery stories, stories, story, short stories,
short story, story time, tales, tale, novel, drama, tragedy, literature, literary, fiction, non-fiction,
shakespeare, education, educational, learning, lecture, lectures, interview, interviews, documentary,
documentaries, speech, speeches, biography, journal, diary, letter, letters, art, arts, fine art,
visual
art, audio visual, av, design, fashion, architecture, painting, sculpture, anime, manga, otaku,
vtuber, furry, furries, cartoon, cartoons, disney, nintendo, sega, game boy, playstation, gaming, gamer,
games, game, minecraft, undertale, pokemon, sonic
the hedgehog, zelda, final fantasy, star wars, star
trek, doctor who, twin peaks, harry potter, meme, memes, shitpost, joke, jokes, irony, ironic, satire,
satirical, sarcasm, nonsense, nerd, nerds, geek, geeks, hipster, hippie, hippies, skinhead, skinheads,
metalhead, vegan, veganism, vegetarian, animal
rights, money, hustle, weapons, guns, motorcycle,
motorcycles, aviation, ships, sailors, sailing, summer
camp, babies, parents, parenting, pregnancy,
toddler, police, acab, postmodern, postmodernism, modernism, modernist, expressionism, expressionist,
impressionism, impressionist, impressionistic, romanticism, symbolism, symbolist, minimal art, pop art,
op
art, situationist, situationism, structuralism, constructivism, suprematism, brutalism, brutalist,
decadence, decadent, hedonism, hedonistic, stoicism, humanism, humanist, atheism, atheist, agnostic,
anti-religion, anti-religious, antichrist, anti-christian, luciferian, left hand path, thelema, gnosis,
gnostic, gnosticism, hermetic, hermeticism, theosophy, rosicrucian, freemason, illuminati, new
world
order, matrix, simulation theory, transhumanism, transhuman, posthuman, cyborg, cyborgs,
singularity, biotech, dna, genetics, virus, disease, plague, epidemic, vaccine, surgery, doctor, doctors,
nurse, asylum, madness, insanity, schizophrenia, bipolar, ptsd, ocd, addiction, addict, rehab, recovery,
sobriety, sober, aa, homeless, homelessness, poverty, poor, inequality, class war, anti-police,
police
brutality, prison abolition, abolition, surveillance, big brother, propaganda, censorship,
corruption, greed, consumerism, materialism, globalization, gentrification, occupy, squat, squatting,
squatter, black
bloc, direct action, mutual aid, solidarity, strike, nationalist, patriotism, patriotic,
president, government, court, wall street, economy, recession, nuclear, atomic, atomic bomb, chernobyl,
fukushima, radiation, fallout, wasteland, mad max, blade runner, alien invasion, terminator, robocop,
predator, godzilla, kaiju, superhero, superheroes, batman, spiderman, marvel, dc comics, simpsons,
the
simpsons, south park, rick and morty, adventure time, my little pony, mlp, brony, bronies, homestuck,
touhou, vocaloid songs, hatsune miku, miku, utau, megaman, castlevania, metroid, mario, super mario,
kirby, earthbound, fnaf, five nights at freddys, roblox, fortnite, skyrim, warhammer, warhammer 40k,
magic
the gathering, board games, board game, chess, poker, casino, gambling, boxing, wrestling, wwe,
basketball, nba, baseball, hockey, cricket, rugby, golf, tennis, olympics, racing, formula 1, bmw, trucks,
truck, trucker, highway, interstate, route 66, wild west, old west, outlaws, bandit, bandits, sheriff,
gunslinger, civil war, medieval times, crusades, inquisition, roman empire, ancient rome, ancient greece,
ancient egypt, egyptology, pharaoh, pyramid, pyramids, atlantis, mesopotamia, sumerian, babylon, aztec,
mayan, stonehenge, celts, saxon, barbarian, barbarians, warrior, warriors, battle, battles, soldier,
soldiers, marching, d-day, holocaust, genocide, slavery, civil rights, black history, black power,
black
pride, afrofuturism, afrofuturist, womens rights, womanhood, motherhood, fatherhood, masculinity,
toxic
masculinity, gender, gender identity, sexuality, lgbt rights, drag queen, bdsm, fetish, kinky, porn,
pornography, prostitution, strip club, strippers, nudity`;

/** Words that say nothing. */
const GENERIC = `
music, musics, muzic, musik, music only, musical, musicality, good music, great music, best music,
real
music, original music, original songs, original song, originals, own music, my music, our music,
cool
music, all music, nice, good, great, best, awesome, amazing, epic music, excellent, perfect,
favorite, favorites, favourite, favourites, quality, bad, terrible, awful, ugly, stupid, dumb, shit,
shitty, crap, garbage, fuck, fuck you, wtf, lol, tag, tags, hashtag, n/a, null, first, second, beginning,
end, ending, intro, outro, interlude, interludes, prelude, part 1, part one, part 2, volume 1, vol. 1,
volume one, chapter 1, number one, piece, pieces, track, tracks, tune, tunes, bangers, banger, anthem,
anthems, joints, good times, content, media, entertainment, culture, pop culture, subculture, scene,
movement, tradition, heritage, ritualistic, ceremony, ceremonial, project, projects, series, show, shows,
event, events, tour, touring, on tour, backstage, rehearsal, rehearsals, practice, improvising, people,
human, humanity, humans, body, mind, soul searching, spirit, spirits, color, colour, colors, colours, red,
blue, green, white, yellow, purple, pink, grey, gray, gold, golden, silver, steel, stone, glass, dust,
shadow, shadows, flame, flames, burning, ash, ashes, prince, princess, hero, heroes, villain, secret,
secrets, hidden, forgotten, lost and found, alone, together, forever, never, always, everything, nothing,
something, anything, everyone, nobody, vision, visions, visionary, image, images, imagination, imaginary,
creative, creativity, creation, invention, ideas, idea, thought, thoughts, words, word, language,
languages, multilingual, bilingual, invented language, international, global, worldwide, national,
regional, foreign, exotic, multicultural, intercultural, diaspora, east, west, north, south, northern,
southern, eastern, down south, up north, downtown, uptown, hometown, homegrown, local scene, things,
thing, random, randomness, whatever, etc, blah, idk, super, mega, ultra, turbo, maximum, minimum, small,
tiny, little, long, long form, long song, long songs, short songs, short track, high quality, low quality,
lq, hq, hd, 4k, complete, incomplete, broken, fixed, mixed up, blend, blended, varied, variety, assorted,
diverse, diversity, all styles, every style, multi
style, level, levels, zone, space time, places, lines,
circle, circles, square, triangle, spiral, geometry, sacred geometry, geometric, fractal, fractals,
pattern, patterns, grid, network, networks, system, systems, structure, structures, forms, shape, shapes,
object, objects, matter, element, elements, elemental, force, gravity, motion, moving, flow, flowing,
fluid, solid, crystal, crystals, diamond, diamonds, pearl, gem, jewel, treasure, gold rush, copper,
chrome, concrete, bricks, brick, wall, walls, room, rooms, floor, ceiling, candle, candles, clock, clocks,
telephone, telegraph, typewriter, camera, screen, screens, pixel, pixels, pixel art, glitch art, vector,
data, database, code, coding, programming, programmer, developer, hardware music, bots, neural network,
gan, gpt`;

/** The same in other languages than English. */
const FOREIGN = `
musica, musique, muzyka, muzika, müzik, musiikki, hudba, zene, muziek, musikk, музыка, музика, μουσική,
音楽, 音乐, 音樂, 음악, موسيقى, מוזיקה, nova musica, nueva musica, musica original, gratuit, gratuite, gratuito,
kostenlos, umsonst, za darmo, бесплатно, ücretsiz, 無料, フリー, フリーダウンロード, descarga, descarga gratuita,
descarga gratis, download gratuito, download grátis, telechargement, téléchargement gratuit, vinyle,
vinilo, vinile, vinil, winyl, winyle, vinyyli, schallplatte, schallplatten, disque, disques,
disco
de
vinil, platte, platten, пластинка, винил, レコード, アナログ, 黑胶, kassette, kassetten, cassete, casete,
caset, cassetta, cassette audio, kaseta, kasety, kasetti, kassett, kazeta, кассета, カセット, カセットテープ, 磁带,
álbumes, アルバム, альбом, シングル, сингл, demoaufnahme, maqueta, デモ, recopilación, recopilatorio, raccolta,
zusammenstellung, sampler gratuit, コンピレーション, en vivo, en directo, ao vivo, dal vivo, en concert, na żywo,
ライブ, ライヴ, independiente, independente, indipendente, indépendant, indépendante, unabhängig, niezależna,
niezależny, независимый, autoproduction, autoproduzione, autoproducido, autoproduit, autogestión,
autogestionado, autogestione, 同人, 同人音楽, subterráneo, subsuelo, dunkel, dunkelheit, düster,
finster, obscur, obscurité, oscuro, oscura, oscuridad, oscurità, escuro, sombrio, mroczny, mrok, темный,
мрак, тьма, traurig, traurigkeit, trauer, triste, tristesse, tristeza, tristezza, smutek, smutny, грусть,
печаль, melancholie, melancholisch, mélancolie, mélancolique, melancolía, melancólico, melancolica,
malinconia, malinconico, melankolia, melankoli, melankolisk, меланхолия, nostalgie, nostálgico, saudade,
sehnsucht, weltschmerz, einsamkeit, soledad, solidão, solitudine, liebe, amour, amor, amore, miłość,
kärlek, rakkaus, любовь, 愛, nacht, nuit, noche, noite, notte, noc, natt, ночь, 夜, sommer, été, verano,
verão, лето, 夏, hiver, invierno, inverno, zima, зима, 冬, herbst, automne, otoño, outono, autunno, осень,
秋, frühling, printemps, primavera, весна, 春, weihnachten, weihnachtslieder, noël, navidad, natal, natale,
joulu, クリスマス, guitare, guitarra, gitarre, chitarra, gitara, gitarr, kitara,
guitare
acoustique, guitarra acústica, batterie, batería, schlagzeug, perkusja, ударные, ドラム, basse, bajo,
baixo, basso, violon, violino, geige, skrzypce, скрипка, ヴァイオリン, violoncelle, violonchelo, violoncello,
violoncelo, flauta, flauto, querflöte, フルート, trompette, trompeta, trompete, tromba, trąbka, saxofón,
saxofone, sassofono, サックス, orgel, orgue, órgano, órgão, orgány, akkordeon, accordéon, acordeón,
fisarmonica, akordeon, баян, sintetizador, sintetizadores, synthé, synthétiseur, sintetizzatore,
syntezator, シンセ, シンセサイザー, voz, voix, voce, stimme, głos, голос, gesang, canto, canción, canciones, canção,
canções, canzone, canzoni, piosenka, piosenki, песня, песни, 歌, banda, grupo, groupe, gruppo, gruppe,
zespół, группа, バンド, solista, solo projekt, proyecto solista, femme, femmes, mujer, mujeres, donna, donne,
frauen, kobiety, フィメール, politique, política, politico, politisch, polityka, политика, revolución,
rivoluzione, guerre, guerra, krieg, wojna, война, paix, paz, frieden, pokój, мир, liberté, libertad,
libertà, freiheit, wolność, feminista, féministe, feministisch, anarchie, anarquía, anarquista, vie, vida,
vita, leben, życie, жизнь, rêve, rêves, sueño, sueños, sonho, sogno, traum, träume, мечта, сон, 夢, espace,
espacio, espaço, spazio, weltraum, kosmos, космос, 宇宙, mare, meer, morze, море, 海, forêt, bosque,
floresta, bosco, wald, лес, 森, naturaleza, natura, natureza, natur, природа, 自然, fiesta, festa, fête,
feier, impreza, バラード, かわいい, 可愛い, アニメ, ゲーム, ボカロ曲, オリジナル, オリジナル曲, cinématographique, cinematográfico,
filmisch, kino, cine, teatro, arte, kunst, sztuka, искусство, literatura, littérature, relajación,
relajante, rilassante, relaxant, entspannung, entspannt, ruhig, tranquilo, calme, stille, silencio, ruido,
lärm, schön, belleza, beauté, bellezza`;

/** Every word and phrase, as it is written. */
export const DESCRIPTOR_WORDS: readonly string[] = [
  MOODS,
  FORMATS,
  SHOP,
  MAKERS,
  INSTRUMENTS,
  OCCASIONS,
  SUBJECTS,
  GENERIC,
  FOREIGN,
].flatMap(group => group.trim().replace(/\s+/g, ' ').split(', '));

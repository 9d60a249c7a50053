//! One replication: customers come, the floor decides, agents answer, and everything is counted.
//!
//! What happens between the floor and the people is what the live shell does: an offer holds its slots, rings so long,
//! and is accepted, declined or left to ring out; then the agent is not asked again for a while and the customer keeps
//! their place. Who leaves while it rings frees the agent. Who misses too many offers is set away.

use std::sync::Arc;
use std::time::Duration;

use baton_core::{ConversationId, HandoffId, Needs, NobodyReason, QueueId, Staffing, Timestamp};
use baton_routing::{Choice, Delivery, Floor, Interval, Plan, REST, Reason, Waiting, Waits};
use uuid::Uuid;

use crate::calendar::{Calendar, Event};
use crate::chance::{Chance, name_of};
use crate::figures::Figures;
use crate::load::{Desks, Load, Nobody, Patience, Recorded, Source, Stream};
use crate::rates::{Poisson, days, moment};
use crate::seats::Seats;
use crate::tally::{Meter, Tally, Window};

/// A configuration as it is simulated.
#[derive(Debug, Clone)]
pub struct Setup {
    pub plan: Arc<Plan>,
    pub desks: Desks,
    /// The longest that a wrap-up may hold its slots.
    pub wrap_up_max: Duration,
    /// How long an agent is not asked again for what they declined or did not answer.
    pub decline_pause: Duration,
    pub misses_until_away: u32,
}

/// When, how long, and under which seed.
#[derive(Debug, Clone, Copy)]
pub struct Course {
    pub start: Timestamp,
    /// Not measured, so that the centre is as full as usual when measuring begins.
    pub warm_up: Duration,
    pub measured: Duration,
    pub seed: u64,
}

/// What one replication came to.
#[derive(Debug, Clone)]
pub struct Replication {
    /// In the plan's order.
    pub queues: Vec<(QueueId, Counted)>,
    pub overall: Counted,
    /// All handoffs that were simulated, those outside the measured time included.
    pub handoffs: u64,
    /// Events of the calendar that were worked off.
    pub events: u64,
}

/// A queue's counts and figures.
#[derive(Debug, Clone)]
pub struct Counted {
    pub tally: Tally,
    pub figures: Figures,
    pub(crate) meter: Meter,
}

/// Whoever still waits so long after the end of the measured time is counted as unfinished.
const RUN_OUT: Duration = Duration::from_hours(24);
/// How often progress is told, in events.
const TELL_EVERY: u64 = 16_384;

/// What a stream's chance is used for.
mod purpose {
    pub(super) const ARRIVALS: u64 = 1;
    pub(super) const HANDLE: u64 = 2;
    pub(super) const PATIENCE: u64 = 3;
    pub(super) const WRAP_UP: u64 = 4;
    pub(super) const ANSWER: u64 = 5;
    pub(super) const ALTERNATIVE: u64 = 6;
    pub(super) const LOOK: u64 = 7;
}

#[derive(Debug)]
enum State {
    /// Nobody sits here.
    Gone,
    Waiting,
    Ringing {
        seat: usize,
        slots: Vec<u8>,
        yes: bool,
    },
    Served {
        seat: usize,
        slots: Vec<u8>,
        accepted: Timestamp,
    },
}

#[derive(Debug)]
struct Customer {
    /// Raised whenever somebody new sits here.
    stay: u32,
    stream: usize,
    /// Of the stream, from 0.
    number: u64,
    handoff: HandoffId,
    arrived: Timestamp,
    queue: usize,
    measured: bool,
    /// The wait that was estimated at joining.
    told: Option<Interval>,
    handle_s: f64,
    wrap_up_s: f64,
    offers: u32,
    rests_until: Timestamp,
    state: State,
}

enum Coming {
    Poisson(Poisson),
    Recorded { all: Arc<[Recorded]>, next: usize },
}

struct Run<'a> {
    setup: &'a Setup,
    load: &'a Load,
    window: Window,
    now: Timestamp,
    /// After this nobody new comes.
    closes: Timestamp,
    seed: [u64; 2],
    floor: Floor,
    waits: Waits,
    /// Knows nothing, and costs nothing where only admission is asked for.
    no_waits: Waits,
    calendar: Calendar,
    coming: Vec<(Coming, u64)>,
    seats: Seats,
    customers: Vec<Customer>,
    empty: Vec<u32>,
    queue_ids: Vec<QueueId>,
    tallies: Vec<Tally>,
    handoffs: u64,
    /// Measured customers who neither were answered nor left.
    open: u64,
    changed: bool,
    /// Who came with the present event.
    joining: Option<u32>,
    /// Some queue broadcasts or is pulled from, or some agent may pull from any.
    some_take: bool,
    looks: u64,
}

/// Simulates one replication. `progress` hears now and then which share of the time has passed.
pub fn replicate(
    setup: &Setup,
    load: &Load,
    course: Course,
    replication: u64,
    progress: &mut dyn FnMut(f64),
) -> Replication {
    let mut run = Run::new(setup, load, course, replication);
    let whole = (run.window.until.0 - course.start.0).max(1) as f64;
    let last = run.window.until + RUN_OUT;
    let mut events = 0;
    while let Some((at, event)) = run.calendar.next() {
        if at > last || (at >= run.window.until && run.open == 0) {
            break;
        }
        run.now = at;
        run.happens(event);
        if run.changed {
            run.route();
            run.call_to_take();
        }
        if let Some(place) = run.joining.take() {
            run.estimate(place);
        }
        events += 1;
        if events % TELL_EVERY == 0 {
            progress(((at.0 - course.start.0) as f64 / whole).min(1.0));
        }
    }
    run.close(events)
}

impl<'a> Run<'a> {
    fn new(setup: &'a Setup, load: &'a Load, course: Course, replication: u64) -> Self {
        let from = course.start + course.warm_up;
        let until = from + course.measured;
        let closes = until + RUN_OUT;
        let midnights = days(&load.zone, course.start, closes).map(|date| moment(&load.zone, date, 0)).collect();
        let queue_ids: Vec<QueueId> = setup.plan.queues.keys().cloned().collect();
        let seed = [course.seed, replication];
        let coming = load.streams.iter().map(|stream| {
            let coming = match &stream.source {
                Source::Poisson(rates) => {
                    let chance = Chance::of(seed[0], &[seed[1], purpose::ARRIVALS, name_of(&stream.name)]);
                    Coming::Poisson(Poisson::new(rates, &load.zone, course.start, closes, chance))
                }
                Source::Recorded(all) => {
                    Coming::Recorded { all: Arc::clone(all), next: all.partition_point(|one| one.at < course.start) }
                }
            };
            (coming, 0)
        });
        let mut run = Self {
            setup,
            load,
            window: Window { from, until, midnights },
            now: course.start,
            closes,
            seed,
            floor: Floor::new(Arc::clone(&setup.plan)),
            waits: Waits::new(),
            no_waits: Waits::new(),
            calendar: Calendar::default(),
            coming: coming.collect(),
            seats: Seats::new(&setup.plan, &setup.desks, course.start),
            customers: Vec::new(),
            empty: Vec::new(),
            tallies: vec![Tally::default(); queue_ids.len()],
            queue_ids,
            handoffs: 0,
            open: 0,
            changed: false,
            joining: None,
            some_take: setup.plan.queues.values().any(|queue| queue.delivery != Delivery::Offer)
                || setup.plan.agents.values().any(|agent| agent.pull),
            looks: 0,
        };
        for place in 0..run.seats.all.len() {
            run.shift(place);
        }
        for stream in 0..run.coming.len() {
            run.expect(stream);
        }
        run
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::Arrival { stream } => self.arrival(stream as usize),
            Event::Leaves { customer, stay } => {
                if self.is_here(customer, stay) {
                    self.left(customer, false);
                }
            }
            Event::Answer { customer, stay, offer } => {
                if self.is_here(customer, stay) && self.customers[customer as usize].offers == offer {
                    self.answer(customer);
                }
            }
            Event::RungOut { customer, stay, offer } => {
                if self.is_here(customer, stay) && self.customers[customer as usize].offers == offer {
                    self.rung_out(customer);
                }
            }
            Event::Done { customer, stay } => {
                if self.is_here(customer, stay) {
                    self.done(customer);
                }
            }
            Event::Freed { customer, stay } => {
                if self.is_here(customer, stay) {
                    self.freed(customer);
                }
            }
            Event::Shift { agent } => self.shift(agent as usize),
            Event::Back { agent } => {
                self.seats.set_away(&mut self.floor, &self.window, self.now, agent as usize, false);
                self.changed = true;
            }
            Event::Alternative { customer, stay } => {
                if self.is_here(customer, stay)
                    && !matches!(self.customers[customer as usize].state, State::Served { .. })
                {
                    self.left(customer, true);
                }
            }
            Event::Reaches { agent } => self.reaches(agent as usize),
            Event::Look => self.changed = true,
        }
    }

    fn is_here(&self, customer: u32, stay: u32) -> bool {
        let here = &self.customers[customer as usize];
        here.stay == stay && !matches!(here.state, State::Gone)
    }

    /// Notes the next arrival of a stream.
    fn expect(&mut self, stream: usize) {
        let at = match &mut self.coming[stream].0 {
            Coming::Poisson(poisson) => poisson.next(),
            Coming::Recorded { all, next } => all.get(*next).map(|one| one.at),
        };
        if let Some(at) = at.filter(|at| *at < self.closes) {
            self.calendar.note(at, Event::Arrival { stream: stream as u32 });
        }
    }

    fn arrival(&mut self, index: usize) {
        let load = self.load;
        let stream = &load.streams[index];
        let (coming, number) = &mut self.coming[index];
        let number = std::mem::replace(number, *number + 1);
        let recorded = match coming {
            Coming::Poisson(_) => None,
            Coming::Recorded { all, next } => {
                *next += 1;
                Some(all[*next - 1].clone())
            }
        };
        self.expect(index);
        self.handoffs += 1;
        let needs = recorded.as_ref().map_or(&stream.needs, |recorded| &recorded.needs);
        // What it is told of the wait is asked for when it has joined; here only whether it may.
        let admission = self.floor.admit(needs, self.now, &self.no_waits);
        let Some(queue) = self.queue_ids.iter().position(|queue| *queue == admission.queue) else { return };
        let measured = self.window.holds(self.now);
        match &admission.staffing {
            Staffing::Staffed { .. } => {}
            Staffing::Nobody { reason, .. } => {
                if self.load.nobody == Nobody::Leaves || *reason == NobodyReason::Full {
                    self.tallies[queue].turned_away += u64::from(measured);
                    return;
                }
            }
        }
        let place = self.sit(Customer {
            stay: 0,
            stream: index,
            number,
            handoff: HandoffId(Uuid::nil()),
            arrived: self.now,
            queue,
            measured,
            told: None,
            handle_s: 0.0,
            wrap_up_s: 0.0,
            offers: 0,
            rests_until: Timestamp::default(),
            state: State::Waiting,
        });
        let patience = self.draw(place, stream, recorded.as_ref());
        let (handoff, stay) = (self.customers[place as usize].handoff, self.customers[place as usize].stay);
        if let Some(patience) = patience {
            self.calendar.note(self.now + seconds(patience), Event::Leaves { customer: place, stay });
        }
        if measured {
            let (stretch, _) = self.window.stretch(self.now);
            self.tallies[queue].offered(stretch);
            self.open += 1;
        }
        self.expect_more(place, queue, name_of(&stream.name));
        self.lengthen(queue, 1);
        self.wait(handoff, admission.queue, admission.needs);
        self.joining = Some(place);
    }

    /// What time alone will change for one who joins: needs relax, the preferred agent is waited for no longer, an
    /// alternative is offered.
    fn expect_more(&mut self, place: u32, queue: usize, stream: u64) {
        let Some(of) = self.setup.plan.queues.get(&self.queue_ids[queue]) else { return };
        let preferred = (!of.prefer_for.is_zero()).then_some(of.prefer_for);
        for after in of.relax.iter().map(|step| step.after).chain(preferred) {
            self.calendar.note(self.now + after, Event::Look);
        }
        if let Some(longest) = of.longest_wait {
            let customer = &self.customers[place as usize];
            let mut chance = Chance::of(self.seed[0], &[self.seed[1], purpose::ALTERNATIVE, stream, customer.number]);
            if chance.happens(self.load.takes_alternative) {
                let event = Event::Alternative { customer: place, stay: customer.stay };
                self.calendar.note(self.now + longest.after, event);
            }
        }
    }

    fn wait(&mut self, handoff: HandoffId, queue: QueueId, needs: Needs) {
        self.floor.enqueue(Waiting {
            handoff,
            conversation: ConversationId(handoff.0),
            queue,
            since: self.now,
            queued_at: self.now,
            needs,
            reserved_for: None,
            offered: false,
        });
        self.changed = true;
    }

    /// Who has joined and was given to nobody is told how long it may take.
    fn estimate(&mut self, place: u32) {
        let customer = &mut self.customers[place as usize];
        if matches!(customer.state, State::Waiting)
            && let Some(snapshot) = self.floor.snapshot(customer.handoff, self.now)
        {
            customer.told = self.waits.joined(customer.handoff, &snapshot);
        }
    }

    /// Gives a new customer a place in the list, and an id that says which and keeps the order of arrival.
    fn sit(&mut self, mut customer: Customer) -> u32 {
        let place = self.empty.pop().unwrap_or(self.customers.len() as u32);
        customer.handoff = HandoffId(Uuid::from_u128(u128::from(self.handoffs) << 32 | u128::from(place)));
        match self.customers.get_mut(place as usize) {
            Some(left) => {
                customer.stay = left.stay + 1;
                *left = customer;
            }
            None => self.customers.push(customer),
        }
        place
    }

    /// What this customer brings along, each from a stream of its own; gives the patience.
    fn draw(&mut self, place: u32, stream: &Stream, recorded: Option<&Recorded>) -> Option<f64> {
        let (name, number) = (name_of(&stream.name), self.customers[place as usize].number);
        let chance = |purpose| Chance::of(self.seed[0], &[self.seed[1], purpose, name, number]);
        let handle = recorded.and_then(|one| one.handle_s);
        let handle = handle.unwrap_or_else(|| stream.handle.draw(&mut chance(purpose::HANDLE)));
        let wrap_up = recorded.and_then(|one| one.wrap_up_s).unwrap_or_else(|| {
            stream.wrap_up.as_ref().map_or(0.0, |wrap_up| wrap_up.draw(&mut chance(purpose::WRAP_UP)))
        });
        let drawn = || stream.patience.as_ref().map(|patience| patience.draw(&mut chance(purpose::PATIENCE)));
        let patience = match recorded.map_or(Patience::Unknown, |one| one.patience) {
            Patience::Unknown => drawn(),
            Patience::Was(patience) => Some(patience),
            Patience::AtLeast(least) => drawn().map(|more| least + more),
        };
        let customer = &mut self.customers[place as usize];
        customer.handle_s = handle;
        customer.wrap_up_s = wrap_up.min(self.setup.wrap_up_max.as_secs_f64());
        patience
    }

    fn route(&mut self) {
        self.changed = false;
        for proposal in self.floor.route(self.now).offers {
            let customer = (proposal.handoff.0.as_u128() & u128::from(u32::MAX)) as u32;
            let rests = self.customers[customer as usize].rests_until > self.now;
            if !(rests && proposal.reason == Reason::AskedAgain) {
                self.offer(customer, &proposal.choice);
            }
        }
    }

    /// In queues that broadcast or are pulled from, whoever could take something looks at it after the time that they
    /// take to accept.
    fn call_to_take(&mut self) {
        if !self.some_take {
            return;
        }
        for place in 0..self.seats.all.len() {
            let seat = &self.seats.all[place];
            if seat.looks || self.floor.takeable(&seat.agent, 1).is_empty() {
                continue;
            }
            self.looks += 1;
            let mut chance = Chance::of(self.seed[0], &[self.seed[1], purpose::LOOK, place as u64, self.looks]);
            let takes = seconds(seat.desk.accept.as_ref().map_or(0.0, |accept| accept.draw(&mut chance)));
            self.seats.all[place].looks = true;
            self.calendar.note(self.now + takes, Event::Reaches { agent: place as u32 });
        }
    }

    /// Takes the first that there is by now; the first to reach for it has it.
    fn reaches(&mut self, seat: usize) {
        self.seats.all[seat].looks = false;
        let agent = &self.seats.all[seat].agent;
        let first = self.floor.takeable(agent, 1).into_iter().next();
        let Some(choice) =
            first.and_then(|first| Some((first.handoff, self.floor.may_take(agent, first.handoff).ok()?)))
        else {
            return;
        };
        let (handoff, choice) = choice;
        let customer = (handoff.0.as_u128() & u128::from(u32::MAX)) as u32;
        self.seats.take(&mut self.floor, &self.window, self.now, seat, &choice.slots);
        self.accept(customer, seat, choice.slots);
    }

    fn offer(&mut self, place: u32, choice: &Choice) {
        let Some(seat) = self.seats.place(&choice.agent) else { return };
        let slots = choice.slots.clone();
        let customer = &mut self.customers[place as usize];
        customer.offers += 1;
        let (stay, offer, handoff) = (customer.stay, customer.offers, customer.handoff);
        let desk = &self.seats.all[seat].desk;
        let name = name_of(&self.load.streams[customer.stream].name);
        let mut chance =
            Chance::of(self.seed[0], &[self.seed[1], purpose::ANSWER, name, customer.number, u64::from(offer)]);
        let misses = desk.miss > 0.0 && chance.happens(desk.miss);
        let yes = desk.decline <= 0.0 || !chance.happens(desk.decline);
        let takes = seconds(desk.accept.as_ref().map_or(0.0, |accept| accept.draw(&mut chance)));
        if yes && !misses && takes.is_zero() {
            self.seats.take(&mut self.floor, &self.window, self.now, seat, &slots);
            self.accept(place, seat, slots);
            return;
        }
        self.seats.take(&mut self.floor, &self.window, self.now, seat, &slots);
        self.customers[place as usize].state = State::Ringing { seat, slots, yes };
        self.floor.set_offered(handoff, true);
        if misses || takes > choice.ring {
            self.calendar.note(self.now + choice.ring, Event::RungOut { customer: place, stay, offer });
        } else {
            self.calendar.note(self.now + takes, Event::Answer { customer: place, stay, offer });
        }
    }

    fn answer(&mut self, place: u32) {
        let state = std::mem::replace(&mut self.customers[place as usize].state, State::Waiting);
        match state {
            State::Ringing { seat, slots, yes: true } => self.accept(place, seat, slots),
            State::Ringing { seat, slots, yes: false } => {
                let customer = &self.customers[place as usize];
                self.tallies[customer.queue].declined += u64::from(customer.measured);
                self.back_to_the_queue(place, seat, &slots);
            }
            other @ (State::Gone | State::Waiting | State::Served { .. }) => {
                self.customers[place as usize].state = other;
            }
        }
    }

    fn rung_out(&mut self, place: u32) {
        let state = std::mem::replace(&mut self.customers[place as usize].state, State::Waiting);
        let State::Ringing { seat, slots, .. } = state else {
            self.customers[place as usize].state = state;
            return;
        };
        let customer = &self.customers[place as usize];
        self.tallies[customer.queue].rang_out += u64::from(customer.measured);
        self.back_to_the_queue(place, seat, &slots);
        self.seats.all[seat].misses += 1;
        if self.seats.all[seat].misses >= self.setup.misses_until_away {
            self.seats.set_away(&mut self.floor, &self.window, self.now, seat, true);
            let back = self.now + self.seats.all[seat].desk.back_after();
            self.calendar.note(back, Event::Back { agent: seat as u32 });
        }
    }

    /// The customer keeps their place; the agent is not asked again for a while.
    fn back_to_the_queue(&mut self, place: u32, seat: usize, slots: &[u8]) {
        let (rests, pause) = (self.now + REST, self.now + self.setup.decline_pause);
        let customer = &mut self.customers[place as usize];
        customer.rests_until = rests;
        self.floor.set_offered(customer.handoff, false);
        self.floor.exclude(customer.handoff, &self.seats.all[seat].agent, pause);
        self.seats.release(&mut self.floor, &self.window, self.now, seat, slots);
        self.calendar.note(rests, Event::Look);
        self.calendar.note(pause, Event::Look);
        self.changed = true;
    }

    fn accept(&mut self, place: u32, seat: usize, slots: Vec<u8>) {
        let customer = &mut self.customers[place as usize];
        customer.state = State::Served { seat, slots, accepted: self.now };
        let waited = self.now.since(customer.arrived);
        let waited_ms = waited.as_millis() as u64;
        let (queue, stay, handoff) = (customer.queue, customer.stay, customer.handoff);
        self.calendar.note(self.now + seconds(customer.handle_s), Event::Done { customer: place, stay });
        self.seats.all[seat].misses = 0;
        self.floor.dequeue(handoff);
        let key = &self.queue_ids[queue];
        self.waits.accepted(handoff, key, waited, self.now);
        if customer.measured {
            let threshold = self.setup.plan.queues.get(key).map_or(Duration::ZERO, |queue| queue.service_level);
            let (stretch, _) = self.window.stretch(customer.arrived);
            let tally = &mut self.tallies[queue];
            tally.answered(stretch, waited_ms, waited <= threshold);
            match customer.told {
                Some(told) if waited_ms > 0 => tally.score.count(&told, waited.as_secs_f64()),
                None if waited_ms > 0 => tally.score.withheld += 1,
                Some(_) | None => {}
            }
            self.open -= 1;
        }
        self.lengthen(queue, -1);
        self.changed = true;
    }

    /// Somebody does not wait on: gives up, or takes what the queue offers after its longest wait.
    fn left(&mut self, place: u32, for_alternative: bool) {
        let state = std::mem::replace(&mut self.customers[place as usize].state, State::Gone);
        match state {
            State::Waiting => {}
            State::Ringing { seat, slots, .. } => {
                self.seats.release(&mut self.floor, &self.window, self.now, seat, &slots);
            }
            other @ (State::Gone | State::Served { .. }) => {
                self.customers[place as usize].state = other;
                return;
            }
        }
        let customer = &self.customers[place as usize];
        let waited = self.now.since(customer.arrived);
        let queue = customer.queue;
        let key = &self.queue_ids[queue];
        self.floor.dequeue(customer.handoff);
        if for_alternative {
            self.waits.forget(customer.handoff);
        } else {
            self.waits.abandoned(customer.handoff, key, waited, self.now);
        }
        if customer.measured {
            let threshold = self.setup.plan.queues.get(key).map_or(Duration::ZERO, |queue| queue.service_level);
            let (stretch, _) = self.window.stretch(customer.arrived);
            self.tallies[queue].left(stretch, waited > threshold, for_alternative);
            self.open -= 1;
        }
        self.empty.push(place);
        self.lengthen(queue, -1);
        self.changed = true;
    }

    fn done(&mut self, place: u32) {
        let customer = &self.customers[place as usize];
        let wrap_up = seconds(customer.wrap_up_s);
        if wrap_up.is_zero() {
            self.freed(place);
        } else {
            self.calendar.note(self.now + wrap_up, Event::Freed { customer: place, stay: customer.stay });
        }
    }

    fn freed(&mut self, place: u32) {
        let customer = &mut self.customers[place as usize];
        let state = std::mem::replace(&mut customer.state, State::Gone);
        let State::Served { seat, slots, accepted } = state else {
            customer.state = state;
            return;
        };
        self.waits.handled(&self.queue_ids[customer.queue], self.now.since(accepted), self.now);
        self.empty.push(place);
        self.seats.release(&mut self.floor, &self.window, self.now, seat, &slots);
        self.changed = true;
    }

    fn shift(&mut self, place: usize) {
        if let Some(next) = self.seats.shift(&mut self.floor, &self.window, self.now, place) {
            self.calendar.note(next, Event::Shift { agent: place as u32 });
        }
        self.changed = true;
    }

    fn lengthen(&mut self, queue: usize, by: i32) {
        let all = self.seats.meters.len() - 1;
        self.seats.meters[queue].lengthen(&self.window, self.now, by);
        self.seats.meters[all].lengthen(&self.window, self.now, by);
    }

    fn close(mut self, events: u64) -> Replication {
        for customer in &self.customers {
            let open = match customer.state {
                State::Waiting | State::Ringing { .. } => true,
                State::Gone | State::Served { .. } => false,
            };
            if open && customer.measured {
                self.tallies[customer.queue].unfinished += 1;
            }
        }
        let until = self.window.until;
        for meter in &mut self.seats.meters {
            meter.settle(&self.window, until.max(self.now));
        }
        let all = self.seats.meters.pop().unwrap_or_else(|| Meter::new(until));
        let mut overall = Tally::default();
        let mut queues = Vec::with_capacity(self.queue_ids.len());
        for ((queue, mut tally), meter) in self.queue_ids.into_iter().zip(self.tallies).zip(self.seats.meters) {
            overall.add(&tally);
            let figures = tally.figures(&meter);
            queues.push((queue, Counted { tally, figures, meter }));
        }
        let figures = overall.figures(&all);
        Replication {
            queues,
            overall: Counted { tally: overall, figures, meter: all },
            handoffs: self.handoffs,
            events,
        }
    }
}

fn seconds(span: f64) -> Duration {
    // Milliseconds are what the floor knows; rounding to the nearest keeps means.
    Duration::from_millis((span.clamp(0.0, 1e9) * 1000.0).round() as u64)
}

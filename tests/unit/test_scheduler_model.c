/* SPDX-License-Identifier: MIT */
/* The scheduler against a model that looks at everything each time, and how its cost grows. */
#include <string.h>

#include "test_main.h"

#include "src/engine/scheduler.h"
#include "src/port/memory.h"
#include "test_thread.h"

enum {
    ITEMS = 24,
    GROUPS = 3, /* and none */
    SLOTS = 5,
    STEPS = 200000
};

/* --- The model: what there is of an item, and lists of them that are searched. --- */

enum where {
    NOWHERE,
    WAITS,
    RUNS
};

/* Of those of its group and queue, sorted, the nth is the nth one's. */
struct model_place {
    unsigned long number;
    long requeued; /* of the same number the latest comes first: the lowest */
};

struct model_item {
    enum where where;
    int queue, group; /* 0: high; GROUPS: none */
    struct model_place place;
};

struct model {
    struct model_item items[ITEMS];
    int order[GROUPS + 1][SCHEDULER_QUEUES][ITEMS];
    int length[GROUPS + 1][SCHEDULER_QUEUES];
    bool serialized[GROUPS + 1];
    unsigned long places;
    long requeues;
};

static const int queues[] = {
    [TRANSFER_PRIORITY_DEFAULT] = 1, [TRANSFER_PRIORITY_HIGH] = 0, [TRANSFER_PRIORITY_LOW] = 2
};

static bool before(struct model_place a, struct model_place b)
{
    return a.number != b.number ? a.number < b.number : a.requeued < b.requeued;
}

static int model_index(const struct model *model, int item)
{
    const struct model_item *it = &model->items[item];
    int index = 0;

    while (model->order[it->group][it->queue][index] != item)
        index++;
    return index;
}

/* The owner of the nth place of a group in a queue. */
static int model_owner(const struct model *model, int group, int queue, int index)
{
    for (int i = 0; i < model->length[group][queue]; i++) {
        int item = model->order[group][queue][i], smaller = 0;

        for (int j = 0; j < model->length[group][queue]; j++) {
            int other = model->order[group][queue][j];

            smaller += before(model->items[other].place, model->items[item].place);
        }
        if (smaller == index)
            return item;
    }
    fail();
    return -1;
}

static struct model_place model_place(const struct model *model, int item)
{
    const struct model_item *it = &model->items[item];

    return model->items[model_owner(model, it->group, it->queue, model_index(model, item))].place;
}

static void model_insert(struct model *model, int item, int index)
{
    struct model_item *it = &model->items[item];
    int *order = model->order[it->group][it->queue];

    memmove(order + index + 1, order + index,
            (size_t)(model->length[it->group][it->queue]++ - index) * sizeof(*order));
    order[index] = item;
    it->where = WAITS;
}

static void model_add(struct model *model, int item, int queue, int group)
{
    model->items[item].queue = queue;
    model->items[item].group = group;
    model->items[item].place = (struct model_place){ ++model->places, 0 };
    model_insert(model, item, model->length[group][queue]);
}

static void model_remove(struct model *model, int item)
{
    struct model_item *it = &model->items[item];
    int *order = model->order[it->group][it->queue], index = model_index(model, item);

    memmove(order + index, order + index + 1,
            (size_t)(--model->length[it->group][it->queue] - index) * sizeof(*order));
    it->where = NOWHERE;
}

/* How many of the default-priority members run, and one of them. */
static int model_running(const struct model *model, int group, int *ret_one)
{
    int count = 0;

    for (int i = 0; i < ITEMS; i++) {
        if (model->items[i].where == RUNS && model->items[i].group == group &&
            model->items[i].queue == 1) {
            *ret_one = i;
            count++;
        }
    }
    return count;
}

static int model_next(const struct model *model)
{
    for (int queue = 0; queue < SCHEDULER_QUEUES; queue++) {
        int best = -1, one;

        for (int group = 0; group <= GROUPS; group++) {
            int item = model->order[group][queue][0];

            if (!model->length[group][queue] ||
                (queue == 1 && model->serialized[group] && model_running(model, group, &one) > 0))
                continue;
            if (best < 0 || before(model_place(model, item), model_place(model, best)))
                best = item;
        }
        if (best >= 0)
            return best;
    }
    return -1;
}

static int model_take(struct model *model)
{
    int item = model_next(model), running = 0, owner;
    struct model_place place;

    for (int i = 0; i < ITEMS; i++)
        running += model->items[i].where == RUNS;
    if (item < 0 || running >= SLOTS)
        return -1;
    owner = model_owner(model, model->items[item].group, model->items[item].queue, 0);
    place = model->items[owner].place;
    model->items[owner].place = model->items[item].place;
    model->items[item].place = place;
    model_remove(model, item);
    model->items[item].where = RUNS;
    return item;
}

static void model_rotate(struct model *model, int item)
{
    struct model_item *it = &model->items[item];
    int *order = model->order[it->group][it->queue], length = model->length[it->group][it->queue];
    int index = model_index(model, item), old[ITEMS];

    memcpy(old, order, sizeof(old));
    for (int i = 0; i < length; i++)
        order[i] = old[(index + i) % length];
}

static unsigned model_ahead(const struct model *model, int item)
{
    unsigned ahead = 0;

    for (int i = 0; i < ITEMS; i++) {
        const struct model_item *it = &model->items[i];

        if (it->where != WAITS || i == item)
            continue;
        if (it->queue < model->items[item].queue)
            ahead++;
        else if (it->queue == model->items[item].queue && it->group == model->items[item].group)
            ahead += model_index(model, i) < model_index(model, item);
        else if (it->queue == model->items[item].queue)
            ahead += before(model_place(model, i), model_place(model, item));
    }
    return ahead;
}

/* --- Both, side by side. --- */

static struct model model;
static struct scheduler scheduler;
static struct scheduler_group groups[GROUPS];
static struct scheduler_item items[ITEMS];

static unsigned random_below(unsigned bound)
{
    static uint64_t number = 88172645463325252u;

    number ^= number << 13;
    number ^= number >> 7;
    number ^= number << 17;
    return (unsigned)((number >> 16) % bound);
}

static int index_of(const struct scheduler_item *item)
{
    return item ? (int)(item - items) : -1;
}

static void take_one(void)
{
    assert_int_equal(index_of(scheduler_take(&scheduler)), model_take(&model));
}

static void make_current(int item)
{
    int group = model.items[item].group, one = -1, room = -1, index, late;

    if (model.items[item].where == WAITS && group < GROUPS) {
        int running = model_running(&model, group, &one);

        room = running == 1 && model.items[item].queue == 1 && model.serialized[group] ? one : -1;
        index = model.length[group][model.items[item].queue] - model_index(&model, item);
        model_rotate(&model, item);
    }
    assert_int_equal(index_of(scheduler_make_current(&scheduler, &items[item])), room);
    if (room < 0)
        return;
    scheduler_free_slot(&scheduler, &items[room]);
    model.items[room].where = NOWHERE;
    for (late = (int)random_below(3); late > 0; late--) {
        int next = model_take(&model);

        assert_int_equal(index_of(scheduler_take(&scheduler)), next);
        if (next >= 0 && model.items[next].group == group && model.items[next].queue == 1)
            index--;
    }
    scheduler_requeue(&scheduler, &items[room]);
    if (model.length[group][1] > 0) {
        struct model_place first = model.items[model_owner(&model, group, 1, 0)].place;

        if (first.number < model.items[room].place.number)
            model.items[room].place = first;
    }
    model.items[room].place.requeued = --model.requeues;
    model_insert(&model, room, index);
}

static void change(int item, enum transfer_priority priority)
{
    struct model_item *it = &model.items[item];

    scheduler_change(&scheduler, &items[item], priority);
    if (it->queue == queues[priority])
        return;
    if (it->where == WAITS) {
        model_remove(&model, item);
        model_add(&model, item, queues[priority], it->group);
    } else if (it->where == RUNS) {
        it->queue = queues[priority];
    }
}

static void step(void)
{
    int item = (int)random_below(ITEMS), group = (int)random_below(GROUPS + 1);
    enum transfer_priority priority = (enum transfer_priority)random_below(3);

    switch (random_below(8)) {
    case 0:
    case 1:
        if (model.items[item].where != NOWHERE)
            break;
        scheduler_add(&scheduler, &items[item], priority, group < GROUPS ? &groups[group] : NULL);
        model_add(&model, item, queues[priority], group);
        break;
    case 2:
        take_one();
        break;
    case 3:
        scheduler_free_slot(&scheduler, &items[item]);
        if (model.items[item].where == RUNS)
            model.items[item].where = NOWHERE;
        break;
    case 4:
        if (random_below(4) > 0)
            break;
        scheduler_remove(&scheduler, &items[item]);
        if (model.items[item].where == WAITS)
            model_remove(&model, item);
        break;
    case 5:
        change(item, priority);
        break;
    case 6:
        if (group == GROUPS || random_below(4) > 0)
            break;
        model.serialized[group] = random_below(2) > 0;
        scheduler_set_serialized(&scheduler, &groups[group], model.serialized[group]);
        break;
    default:
        make_current(item);
        break;
    }
}

static void it_does_what_a_naive_one_does(void **state)
{
    (void)state;
    scheduler_init(&scheduler, SLOTS);
    for (int i = 0; i < STEPS; i++) {
        int item = (int)random_below(ITEMS), first, waiting = 0;

        step();
        if (model.items[item].where == WAITS)
            assert_int_equal(scheduler_count_ahead(&scheduler, &items[item]),
                             model_ahead(&model, item));
        first = index_of(scheduler_first(&scheduler));
        for (int j = 0; j < ITEMS; j++)
            waiting += model.items[j].where == WAITS;
        if (model_next(&model) >= 0)
            assert_int_equal(first, model_next(&model));
        else
            assert_int_equal(first >= 0, waiting > 0);
    }
}

/* --- Cost. --- */

struct many {
    struct scheduler scheduler;
    struct scheduler_group *groups;
    struct scheduler_item *items;
    unsigned count;
};

typedef void (*workload)(struct many *many);

/* Half of them are members of one serialized group, and stand before all others. */
static void one_group(struct many *many)
{
    struct scheduler_item *turn, *item;
    unsigned half = many->count / 2;

    scheduler_set_serialized(&many->scheduler, &many->groups[0], true);
    for (unsigned i = 0; i < many->count; i++)
        scheduler_add(&many->scheduler, &many->items[i], TRANSFER_PRIORITY_DEFAULT,
                      i < half ? &many->groups[0] : NULL);
    turn = scheduler_take(&many->scheduler);
    assert_ptr_equal(turn, &many->items[0]);
    for (unsigned i = half; i < many->count; i++) {
        item = scheduler_take(&many->scheduler);
        assert_ptr_equal(item, &many->items[i]);
        scheduler_free_slot(&many->scheduler, item);
    }
    for (unsigned i = 1; i < half; i++) {
        assert_null(scheduler_take(&many->scheduler));
        scheduler_free_slot(&many->scheduler, turn);
        turn = scheduler_take(&many->scheduler);
        assert_ptr_equal(turn, &many->items[i]);
    }
}

/* A serialized group for every two, all blocked but by one member each. */
static void many_groups(struct many *many)
{
    unsigned taken = 0;

    for (unsigned i = 0; i < many->count; i++) {
        struct scheduler_group *group = &many->groups[i / 2];

        scheduler_set_serialized(&many->scheduler, group, true);
        scheduler_add(&many->scheduler, &many->items[i], TRANSFER_PRIORITY_DEFAULT, group);
    }
    while (scheduler_take(&many->scheduler))
        taken++;
    assert_int_equal(taken, many->count / 2);
    for (unsigned i = 0; i < many->count; i += 2)
        scheduler_free_slot(&many->scheduler, &many->items[i]);
    while (scheduler_take(&many->scheduler))
        taken++;
    assert_int_equal(taken, many->count);
}

/* Everything is changed once and again, in one group and in many, and removed from the middle. */
static void changes(struct many *many)
{
    struct scheduler_item *item, *room;

    for (unsigned i = 0; i < many->count; i++)
        scheduler_add(&many->scheduler, &many->items[i], TRANSFER_PRIORITY_DEFAULT,
                      &many->groups[i % 2 ? 0 : i]);
    for (unsigned i = 0; i < many->count; i++) {
        scheduler_set_serialized(&many->scheduler, &many->groups[0], i % 2);
        scheduler_change(&many->scheduler, &many->items[i], TRANSFER_PRIORITY_LOW);
    }
    for (unsigned i = many->count; i-- > 0;)
        scheduler_change(&many->scheduler, &many->items[i], TRANSFER_PRIORITY_DEFAULT);
    item = scheduler_take(&many->scheduler);
    assert_non_null(item);
    for (unsigned i = 0; i < many->count; i++) {
        room = scheduler_make_current(&many->scheduler, &many->items[(i * 7) % many->count]);
        if (room) {
            scheduler_free_slot(&many->scheduler, room);
            scheduler_requeue(&many->scheduler, room);
            assert_non_null(scheduler_take(&many->scheduler));
        }
    }
    for (unsigned i = 0; i < many->count; i++)
        scheduler_remove(&many->scheduler, &many->items[(i * 7) % many->count]);
}

/* As an engine that ends does. */
static void drain(struct many *many)
{
    struct scheduler_item *item;

    many->scheduler.slots = many->count / 2;
    for (unsigned i = 0; i < many->count; i++) {
        struct scheduler_group *group = &many->groups[i / 2];

        scheduler_set_serialized(&many->scheduler, group, true);
        scheduler_add(&many->scheduler, &many->items[i], TRANSFER_PRIORITY_DEFAULT, group);
    }
    while (scheduler_take(&many->scheduler))
        continue;
    while ((item = scheduler_first(&many->scheduler)))
        scheduler_remove(&many->scheduler, item);
}

static uint64_t measure(workload work, unsigned count)
{
    struct many many = { .count = count };
    uint64_t begin, took;

    many.groups = memory_zalloc_array(count, sizeof(*many.groups));
    many.items = memory_zalloc_array(count, sizeof(*many.items));
    assert_true(many.groups && many.items);
    /* Pages that the system has not given yet are no cost of the scheduler's. */
    memset(many.groups, 0, count * sizeof(*many.groups));
    memset(many.items, 0, count * sizeof(*many.items));
    scheduler_init(&many.scheduler, count);
    begin = test_thread_work_ns();
    work(&many);
    took = test_thread_work_ns() - begin;
    memory_free(many.items);
    memory_free(many.groups);
    return took;
}

/*
 * The machine has other things to do too, which only ever adds (the caches are shared, and not
 * every system tells what a thread itself has worked): so the least of several rounds counts.
 * Quadratic would be 64 times in every round.
 */
static void eight_times_as_many_cost_little_more_than_eight_times(void **state)
{
    static const workload works[] = { one_group, many_groups, changes, drain };

    (void)state;
    for (size_t i = 0; i < sizeof(works) / sizeof(works[0]); i++) {
        uint64_t few = UINT64_MAX, many = UINT64_MAX;

        for (int round = 0; round < 40 && (round < 5 || many > few * 24); round++) {
            uint64_t took = measure(works[i], 5000);

            few = took < few ? took : few;
            took = measure(works[i], 40000);
            many = took < many ? took : many;
        }
        assert_true(many <= few * 24);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(it_does_what_a_naive_one_does),
    cmocka_unit_test(eight_times_as_many_cost_little_more_than_eight_times),
};

TEST_MAIN_UNIT(tests)
